package org.ekicho.netboot.tftp;

import java.util.List;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;

/// How transfers are run.
///
/// @param mostTransfers  under way at once, of all clients
/// @param mostPerAddress under way at once, of one address
/// @param retries        how often the same block (or answer) is sent again before we give up; at most 5, since
///                       the address of a request may be forged and its owner must not be flooded
/// @param served         who is answered; empty: everyone
/// @param rollOver       the number of the block after 65535
public record TftpSettings(
        int mostTransfers, int mostPerAddress, int retries, List<IpPrefix> served, RollOver rollOver) {
    /// A rack that is switched on, several times over; a transfer costs a socket and about 1 KB.
    public static final int MOST_TRANSFERS = 2000;
    /// More than the one or two that firmware ever has; machines behind an address translator share one.
    public static final int MOST_PER_ADDRESS = 64;

    public static final int MOST_RETRIES = 5;

    public static final TftpSettings USUAL =
            new TftpSettings(MOST_TRANSFERS, MOST_PER_ADDRESS, MOST_RETRIES, List.of(), RollOver.TO_ZERO);

    /// No RFC says what follows block 65535.
    public enum RollOver {
        /// As nearly everyone has it: tftp-hpa, dnsmasq, EDK2, iPXE.
        TO_ZERO,
        /// A few old clients.
        TO_ONE
    }

    public TftpSettings {
        served = List.copyOf(served);
        if (mostTransfers < 1 || mostPerAddress < 1) {
            throw new IllegalArgumentException("at least one transfer must be allowed");
        }
        if (retries < 0 || retries > MOST_RETRIES) {
            throw new IllegalArgumentException("a block is sent again 0..5 times, not " + retries);
        }
    }

    public boolean serves(IpAddress client) {
        return served.isEmpty() || served.stream().anyMatch(prefix -> prefix.contains(client));
    }

    public TftpSettings withRollOver(RollOver value) {
        return new TftpSettings(mostTransfers, mostPerAddress, retries, served, value);
    }

    public TftpSettings withLimits(int transfers, int perAddress) {
        return new TftpSettings(transfers, perAddress, retries, served, rollOver);
    }

    public TftpSettings servingOnly(List<IpPrefix> prefixes) {
        return new TftpSettings(mostTransfers, mostPerAddress, retries, prefixes, rollOver);
    }
}
