package org.ekicho.ntp.settings;

import java.util.Optional;
import org.ekicho.wire.IpPrefix;

/// One `interface listen|ignore|drop NAME|ADDRESS[/BITS]|all|ipv4|ipv6|wildcard` line, or one name of the site file.
/// The last rule that matches an address decides, as in classic ntpd.
///
/// @param action what to do with a matching interface
/// @param name   interface name, or one of the words `all`, `ipv4`, `ipv6`, `wildcard`; empty when a prefix is given
/// @param prefix address or net; empty when a name is given
public record InterfaceRule(Action action, Optional<String> name, Optional<IpPrefix> prefix) {
    /// What a rule does.
    public enum Action {
        LISTEN,
        IGNORE,
        DROP
    }

    public InterfaceRule {
        if (name.isPresent() == prefix.isPresent()) {
            throw new IllegalArgumentException("an interface rule names an interface or an address, not both or none");
        }
    }
}
