package org.ekicho.netboot.policy;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.ekicho.netboot.client.BootClient;
import org.ekicho.wire.MacAddress;

/// A machine that somebody named. It is known by any of its addresses, its UUID or its serial number.
///
/// @param name    `web1`; also its host name
/// @param macs    of its interfaces
/// @param uuid    SMBIOS UUID
/// @param serial  chassis serial number
/// @param tags    words that profiles and templates ask for
/// @param profile what is installed on it unless the order says otherwise
public record Machine(
        String name,
        Set<MacAddress> macs,
        Optional<UUID> uuid,
        Optional<String> serial,
        Set<String> tags,
        Optional<String> profile) {
    public Machine {
        macs = Set.copyOf(macs);
        tags = Set.copyOf(tags);
        if (macs.isEmpty() && uuid.isEmpty() && serial.isEmpty()) {
            throw new IllegalArgumentException(name + " has neither address, UUID nor serial number");
        }
    }

    /// True when the packet is of this machine.
    public boolean is(BootClient client) {
        return macs.contains(client.mac())
                || (uuid.isPresent() && uuid.equals(client.uuid()))
                || (serial.isPresent() && serial.equals(client.serial()));
    }
}
