package org.ekicho.ntp.server;

import java.util.List;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.ntp.settings.InterfaceRule;
import org.ekicho.wire.IpAddress;

/// Which of this host's addresses take part, by the `interface` lines: the last line that matches decides. Without
/// any line all do; with some, an address that none of them matches is ignored, except loopback, which only a line
/// that names it (or its family) can take away.
public final class InterfaceFilter {
    private final List<InterfaceRule> rules;

    public InterfaceFilter(List<InterfaceRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /// What is to be done with one address of an interface.
    public InterfaceRule.Action action(LocalInterface on, IpAddress address) {
        for (int i = rules.size() - 1; i >= 0; i--) {
            if (matches(rules.get(i), on, address)) {
                return rules.get(i).action();
            }
        }
        return rules.isEmpty() || on.loopback() ? InterfaceRule.Action.LISTEN : InterfaceRule.Action.IGNORE;
    }

    private static boolean matches(InterfaceRule rule, LocalInterface on, IpAddress address) {
        if (rule.prefix().isPresent()) {
            return rule.prefix().get().contains(address);
        }
        String name = rule.name().orElseThrow();
        return switch (name) {
            case "all" -> !on.loopback();
            case "ipv4" -> address.isV4();
            case "ipv6" -> !address.isV4();
            case "wildcard" -> false;
            default -> name.equals(on.name());
        };
    }

    /// True when packets to this address are for us.
    public boolean serves(LocalInterface on, IpAddress address) {
        return action(on, address) == InterfaceRule.Action.LISTEN;
    }

    /// True when any address of the interface takes part: then broadcasts and groups on it do, too.
    public boolean serves(LocalInterface on) {
        return on.addresses().stream().anyMatch(own -> serves(on, own.address()));
    }

    /// The interfaces with those of their addresses that take part; an interface without any is left out.
    public List<LocalInterface> served(List<LocalInterface> interfaces) {
        return interfaces.stream()
                .map(this::served)
                .filter(on -> !on.addresses().isEmpty())
                .toList();
    }

    private LocalInterface served(LocalInterface on) {
        return new LocalInterface(
                on.index(),
                on.name(),
                on.up(),
                on.multicast(),
                on.loopback(),
                on.addresses().stream().filter(own -> serves(on, own.address())).toList());
    }
}
