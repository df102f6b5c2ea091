package org.ekicho.cli;

import java.util.List;
import java.util.Optional;
import org.ekicho.netboot.client.BootClient;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.netboot.policy.Machine;
import org.ekicho.netboot.policy.Profile;
import org.ekicho.netboot.settings.BootSettings;
import org.ekicho.wire.MacAddress;
import org.jspecify.annotations.Nullable;

/// A machine as a person names it, and what is to be installed on it.
///
/// @param mac     its hardware address
/// @param known   the machine of the site file, if it is one
/// @param profile the one named, else the machine's own
record NamedMachine(MacAddress mac, Optional<Machine> known, Profile profile) {
    /// @param said        a hardware address, or the name of a machine
    /// @param profileName null: the machine's own
    /// @throws IllegalArgumentException when there is no such machine or profile: the message says which there are
    static NamedMachine find(BootSettings settings, String said, @Nullable String profileName) {
        MacAddress mac = MacAddress.parse(said)
                .filter(m -> !m.isGroup())
                .or(() -> settings.rules().machines().stream()
                        .filter(m -> m.name().equals(said))
                        .flatMap(m -> m.macs().stream())
                        .sorted()
                        .findFirst())
                .orElseThrow(() -> new IllegalArgumentException(unknown(settings, said)));
        Optional<Machine> known = settings.rules()
                .machine(new BootClient(
                        mac, BootStage.PXE_ROM, Optional.empty(), Optional.empty(), "", Optional.empty()));
        Optional<String> name = Optional.ofNullable(profileName).or(() -> known.flatMap(Machine::profile));
        Profile profile = name.map(settings.rules().profiles()::get)
                .orElseThrow(() -> new IllegalArgumentException(
                        name.map(n -> "there is no profile \"" + n + "\"").orElse("name a profile") + "; there are "
                                + String.join(", ", settings.rules().profiles().keySet())));
        return new NamedMachine(mac, known, profile);
    }

    private static String unknown(BootSettings settings, String said) {
        List<String> names =
                settings.rules().machines().stream().map(Machine::name).toList();
        return "\"" + said + "\" is neither a hardware address nor a machine of the site file"
                + (names.isEmpty() ? "" : "; it knows " + String.join(", ", names));
    }
}
