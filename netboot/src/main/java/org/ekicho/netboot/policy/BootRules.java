package org.ekicho.netboot.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ekicho.netboot.client.BootClient;

/// What the site file says about booting.
///
/// @param machines in the order of the file; the first that fits counts
/// @param profiles by name, in the order of the file
/// @param unknown  for all others
public record BootRules(List<Machine> machines, Map<String, Profile> profiles, Unknown unknown) {
    public BootRules {
        machines = List.copyOf(machines);
        profiles = Collections.unmodifiableMap(new LinkedHashMap<>(profiles));
    }

    /// The machine that the packet is of.
    public Optional<Machine> machine(BootClient client) {
        return machines.stream().filter(machine -> machine.is(client)).findFirst();
    }
}
