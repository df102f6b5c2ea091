package org.ekicho.cli;

import java.util.List;
import java.util.Optional;
import org.ekicho.netboot.policy.Machine;
import org.ekicho.netboot.settings.BootSettings;
import org.ekicho.wire.MacAddress;

/// A machine as a person names it: by a hardware address, or as the site file calls it.
final class NamedMachine {
    private NamedMachine() {}

    static Optional<MacAddress> mac(BootSettings settings, String said) {
        return MacAddress.parse(said)
                .filter(m -> !m.isGroup())
                .or(() -> settings.rules().machines().stream()
                        .filter(m -> m.name().equals(said))
                        .flatMap(m -> m.macs().stream())
                        .sorted()
                        .findFirst());
    }

    /// The sentence about one that is not known.
    static String unknown(BootSettings settings, String said) {
        List<String> names =
                settings.rules().machines().stream().map(Machine::name).toList();
        return "\"" + said + "\" is neither a hardware address nor a machine of the site file"
                + (names.isEmpty() ? "" : "; it knows " + String.join(", ", names));
    }
}
