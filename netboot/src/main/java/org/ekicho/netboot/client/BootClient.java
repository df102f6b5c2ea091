package org.ekicho.netboot.client;

import java.util.Optional;
import java.util.UUID;
import org.ekicho.wire.MacAddress;

/// The machine that asks, as far as its packet tells.
///
/// @param mac         of the interface that it boots by
/// @param stage       what of it asks
/// @param arch        empty when the packet names none that we know
/// @param uuid        SMBIOS UUID (option 97); empty when absent, all zeros or all ones
/// @param vendorClass option 60 as it came, without control characters; empty when absent
/// @param serial      chassis serial, where the client says it (iPXE scripts, medium); empty when absent
public record BootClient(
        MacAddress mac,
        BootStage stage,
        Optional<ClientArch> arch,
        Optional<UUID> uuid,
        String vendorClass,
        Optional<String> serial) {}
