package org.ekicho.netboot.tftp;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// One transfer or refusal, as the trace keeps it.
///
/// @param client       who asked, from which port
/// @param local        our address that was asked
/// @param asked        the name in plain form
/// @param file         the name in the boot index; empty when there is none
/// @param size         bytes of the file; 0 when there is none
/// @param options      what the client asked for
/// @param granted      what it was given
/// @param bytes        of the file that were acknowledged
/// @param blocksSent   every block that was sent, those sent again too
/// @param blocksResent those sent again
/// @param duplicates   acknowledgements that told nothing new
/// @param requests     how often the same request came; more than 1: our first answer did not arrive
/// @param beganNanos   when the request came: nanoseconds since 1970-01-01 UTC
/// @param lengthNanos  from then to the last time that we heard of the client
/// @param reason       how it ended
/// @param detail       the client's own words, the nearest name, an error of the disk; empty when there is
///                     nothing to add
/// @param nearest      the name in the boot index that is most like the one that was not found
public record TftpReport(
        Endpoint client,
        IpAddress local,
        String asked,
        Optional<String> file,
        long size,
        List<TftpOption> options,
        List<TftpOption> granted,
        long bytes,
        long blocksSent,
        long blocksResent,
        long duplicates,
        int requests,
        long beganNanos,
        long lengthNanos,
        TftpReason reason,
        String detail,
        Optional<String> nearest) {
    public TftpReport {
        options = List.copyOf(options);
        granted = List.copyOf(granted);
    }

    /// The same of a file that was not found while another is much like it.
    TftpReport near(String name) {
        return new TftpReport(
                client,
                local,
                asked,
                file,
                size,
                options,
                granted,
                bytes,
                blocksSent,
                blocksResent,
                duplicates,
                requests,
                beganNanos,
                lengthNanos,
                reason,
                detail,
                Optional.of(name));
    }

    /// One line for the log: `10.0.0.9 ipxe/snponly.efi: the whole file arrived … (173792 of 173792 bytes in
    /// 0.21 s, …)`.
    public String line() {
        String course = file.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        " (%d of %d bytes in %.2f s, %d blocks, %d of them again)",
                        bytes,
                        size,
                        lengthNanos / 1e9,
                        blocksSent,
                        blocksResent);
        return client.address() + " " + (asked.isEmpty() ? "-" : asked) + ": " + reason.sentence()
                + (detail.isEmpty() ? "" : "; " + detail) + course;
    }
}
