package org.ekicho.ntp.association;

import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.wire.IpAddress;

/// `tos orphan`: servers that have lost every other source serve their own clocks at the stratum agreed upon. Of
/// those that see each other all follow the one with the least address, so that they do not chase each other in a
/// circle.
///
/// @param stratum what orphans serve, 16: there are none
public record OrphanRule(int stratum) {
    /// What an orphan names as its reference.
    public static final int REFERENCE = 0x7f000001;

    public boolean isOn() {
        return stratum < 16;
    }

    /// False for an orphan that ought to follow us instead.
    ///
    /// @param local our address towards the source; unknown until it answered
    public boolean mayFollow(NtpPacket packet, IpAddress source, IpAddress local) {
        if (!isOn() || packet.stratum() != stratum) {
            return true;
        }
        return !local.isAny()
                && Integer.compareUnsigned(ReferenceId.ofAddress(source), ReferenceId.ofAddress(local)) < 0;
    }
}
