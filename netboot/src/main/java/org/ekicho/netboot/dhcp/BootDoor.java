package org.ekicho.netboot.dhcp;

import org.ekicho.netboot.client.BootClient;
import org.ekicho.netboot.policy.BootStep;
import org.ekicho.wire.IpAddress;

/// The boot policy as DHCP sees it: what a machine is given next. It is asked for every packet that is
/// answered, so it must give the same for a DISCOVER and for the REQUEST that follows.
@FunctionalInterface
public interface BootDoor {
    /// What of a conversation is asking.
    enum Asked {
        /// A DISCOVER: perhaps the begin of an attempt, perhaps one repeated.
        OFFER,
        /// A REQUEST, an INFORM or a question to port 4011: the attempt goes on.
        CONFIRMATION
    }

    /// @param client who asks
    /// @param ours   our address on the net where it asks; URLs and next-server use it
    /// @param asked  what of the conversation
    BootStep next(BootClient client, IpAddress ours, Asked asked);
}
