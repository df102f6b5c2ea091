package org.ekicho.netboot.dhcp;

import java.util.Optional;
import org.ekicho.netboot.policy.BootStep;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// What to do about a packet.
public sealed interface DhcpAction {
    /// What a reply promises, and so what must be on disk before it leaves.
    enum Promise {
        /// Nothing that lasts: an offer, a refusal, information.
        NONE,
        /// A lease that the disk knows already, for longer. May leave when the disk is full.
        LONGER,
        /// A lease that the disk does not know yet. Must not leave unless it was written.
        NEW
    }

    /// Send it by the interface and from the address that the question came to.
    ///
    /// @param packet  what
    /// @param limit   the most bytes that it may have
    /// @param to      where; `255.255.255.255:68` for everyone on the wire
    /// @param promise what must be on disk before
    /// @param boot    what the machine was told to load; empty when it does not boot
    /// @param why     [DhcpReason#ANSWERED], or why it is a refusal
    record Reply(DhcpPacket packet, int limit, Endpoint to, Promise promise, Optional<BootStep> boot, DhcpReason why)
            implements DhcpAction {
        /// The bytes to send.
        public byte[] encode() {
            return DhcpCodec.encode(packet, limit);
        }
    }

    /// Find out whether anybody uses this address on the net that the question came from, then tell
    /// `DhcpServer.probed`.
    ///
    /// @param asker the machine that is to get it: when this one answers, there is no conflict
    record Probe(IpAddress address, MacAddress asker) implements DhcpAction {}

    /// Do nothing.
    ///
    /// @param rival the other server that it chose or that sent it
    record Drop(DhcpReason why, Optional<IpAddress> rival) implements DhcpAction {}

    static Drop drop(DhcpReason why) {
        return new Drop(why, Optional.empty());
    }
}
