package org.ekicho.netboot.tftp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.Moment;

/// Answers requests from a [BootIndex]: begins a transfer, refuses, or keeps silent. Knows the transfers that
/// are under way. Belongs to one thread.
///
/// No first answer is longer than one packet, and none goes to an address that is not served, so that a forged
/// request brings its victim little.
public final class TftpServer {
    private static final String OCTET = "octet";

    private TftpSettings settings;
    private TftpTerms.Policy policy;
    private BootIndex index;
    private final Map<Endpoint, TftpTransfer> transfers = new HashMap<>();
    private final Map<IpAddress, Integer> perAddress = new HashMap<>();

    public TftpServer(TftpSettings settings, TftpTerms.Policy policy, BootIndex index) {
        this.settings = settings;
        this.policy = policy;
        this.index = index;
    }

    /// Changes what new requests are answered by; transfers under way go on as they began.
    public void reload(TftpSettings newSettings, TftpTerms.Policy newPolicy, BootIndex newIndex) {
        settings = newSettings;
        policy = newPolicy;
        index = newIndex;
    }

    /// A packet that came to the server's own port.
    public TftpAction answer(Datagram packet, Moment now) {
        Endpoint client = packet.peerEndpoint();
        if (!settings.serves(client.address()) || client.port() == 0) {
            return new TftpAction.Ignore(TftpReason.NOT_SERVED);
        }
        return switch (TftpCodec.decode(packet.bytes, packet.length)) {
            case TftpPacket.Read read -> read(read, client, packet, now);
            case TftpPacket.Write write ->
                refuse(write.file(), write.options(), packet, now, TftpError.ACCESS, TftpReason.WRITE_REFUSED, "");
            case TftpPacket.Ack ignored -> other(client, packet, now);
            case TftpPacket.Failure ignored -> other(client, packet, now);
            case TftpPacket.Data ignored -> other(client, packet, now);
            case TftpPacket.OptionAck ignored -> other(client, packet, now);
            // Never answered: what came may be an answer itself.
            case TftpPacket.Unfit ignored -> new TftpAction.Ignore(TftpReason.MALFORMED);
        };
    }

    private TftpAction read(TftpPacket.Read read, Endpoint client, Datagram packet, Moment now) {
        Optional<TftpTransfer> running = Optional.ofNullable(transfers.get(client));
        if (running.isPresent() && running.get().isRepeatedBy(read, now.monotonicNanos())) {
            // Our answer is under way or will be sent again in its time.
            return new TftpAction.Continue(running.get(), TftpStep.WAIT);
        }
        if (!read.mode().equals(OCTET)) {
            return refuse(read, packet, now, TftpError.OTHER, TftpReason.BAD_MODE, "");
        }
        return switch (TftpNames.find(read.file(), index)) {
            case TftpNames.Lookup.Missing missing ->
                missing.miss().isExpected()
                        ? notFound(read, packet, now, missing, missing.miss().sentence())
                        : missing.nearest()
                                .map(name -> near(notFound(read, packet, now, missing, "nearest name: " + name), name))
                                .orElseGet(() -> notFound(read, packet, now, missing, ""));
            case TftpNames.Lookup.Found found -> start(read, found.file(), client, packet, running, now);
        };
    }

    private static TftpAction.Refuse notFound(
            TftpPacket.Read read, Datagram packet, Moment now, TftpNames.Lookup.Missing missing, String detail) {
        return refuse(read, packet, now, TftpError.NOT_FOUND, missing.miss().reason(), detail);
    }

    private static TftpAction.Refuse near(TftpAction.Refuse refusal, String name) {
        return new TftpAction.Refuse(refusal.error(), refusal.report().near(name));
    }

    private TftpAction start(
            TftpPacket.Read read,
            BootFile file,
            Endpoint client,
            Datagram packet,
            Optional<TftpTransfer> running,
            Moment now) {
        running.ifPresent(old -> {
            old.fail(TftpReason.REPLACED, "");
            forget(old);
        });
        if (transfers.size() >= settings.mostTransfers()) {
            return refuse(read, packet, now, TftpError.OTHER, TftpReason.TOO_MANY, "");
        }
        if (perAddress.getOrDefault(client.address(), 0) >= settings.mostPerAddress()) {
            return refuse(read, packet, now, TftpError.OTHER, TftpReason.TOO_MANY_FROM_ADDRESS, "");
        }
        TftpTransfer transfer = new TftpTransfer(
                client,
                packet.local(),
                packet.interfaceIndex,
                read,
                file,
                policy.terms(client.address()),
                settings,
                now);
        transfers.put(client, transfer);
        perAddress.merge(client.address(), 1, Integer::sum);
        return new TftpAction.Start(transfer, running);
    }

    private TftpAction other(Endpoint client, Datagram packet, Moment now) {
        TftpTransfer transfer = transfers.get(client);
        if (transfer != null && transfer.terms().port() == TftpTerms.Port.SHARED) {
            return new TftpAction.Continue(transfer, deliver(transfer, packet, now.monotonicNanos()));
        }
        // Never an answer to an ERROR, which may be one to ours.
        return new TftpAction.Ignore(TftpReason.NOT_A_REQUEST);
    }

    private static TftpAction.Refuse refuse(
            TftpPacket.Read read, Datagram packet, Moment now, int code, TftpReason reason, String detail) {
        return refuse(read.file(), read.options(), packet, now, code, reason, detail);
    }

    private static TftpAction.Refuse refuse(
            String file,
            List<TftpOption> options,
            Datagram packet,
            Moment now,
            int code,
            TftpReason reason,
            String detail) {
        String asked = TftpNames.plain(file);
        String message = asked + ": " + reason.sentence() + (detail.isEmpty() ? "" : "; " + detail);
        TftpReport report = new TftpReport(
                packet.peerEndpoint(),
                packet.local(),
                asked,
                Optional.empty(),
                0,
                options,
                List.of(),
                0,
                0,
                0,
                0,
                1,
                now.clockNanos(),
                0,
                reason,
                detail,
                Optional.empty());
        return new TftpAction.Refuse(new TftpPacket.Failure(code, message), report);
    }

    /// A packet that came to a transfer's own port. One from elsewhere is told so and changes nothing (RFC 1350
    /// §4).
    public TftpStep deliver(TftpTransfer transfer, Datagram packet, long now) {
        Endpoint client = transfer.client();
        if (packet.peerPort != client.port()
                || packet.peerLow != client.address().low()
                || packet.peerHigh != client.address().high()) {
            boolean isError = packet.length >= 2 && packet.bytes[1] == TftpCodec.ERROR;
            return isError
                    ? TftpStep.WAIT
                    : new TftpStep.Stray(new TftpPacket.Failure(
                            TftpError.UNKNOWN_TRANSFER, "this port belongs to another transfer"));
        }
        TftpStep step = transfer.receive(packet.bytes, packet.length, now);
        if (transfer.isEnded()) forget(transfer);
        return step;
    }

    /// Takes a transfer that has ended off the list.
    public void forget(TftpTransfer transfer) {
        if (transfers.remove(transfer.client(), transfer)) {
            perAddress.computeIfPresent(transfer.client().address(), (address, count) -> count == 1 ? null : count - 1);
        }
    }

    /// Those under way, as a copy.
    public Collection<TftpTransfer> transfers() {
        return new ArrayList<>(transfers.values());
    }
}
