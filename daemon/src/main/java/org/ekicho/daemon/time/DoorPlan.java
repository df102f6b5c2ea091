package org.ekicho.daemon.time;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.ntp.settings.InterfaceRule;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.wire.IpAddress;

/// Which sockets the settings ask for on the interfaces that there are, and which groups each joins where.
///
/// Normally two sockets do everything: IPv4 and IPv6 on all addresses, told the destination of each datagram by the
/// kernel. With `interface ignore wildcard` there is one per own address, and one per group and broadcast address
/// that is listened to, so that several services can share a port of one machine.
///
/// @param joins groups per socket; a socket without groups has an empty set
public record DoorPlan(Map<DoorSpec, Set<Join>> joins) {
    /// A group joined on an interface.
    public record Join(IpAddress group, int interfaceIndex, String interfaceName) {}

    /// An own address of an interface: takes part or not.
    public interface Served extends Predicate<OwnAddress> {}

    public record OwnAddress(LocalInterface on, IpAddress address) {}

    public static DoorPlan of(TimeSettings settings, List<LocalInterface> interfaces, Served served) {
        Map<DoorSpec, Set<Join>> doors = new LinkedHashMap<>();
        if (usesWildcard(settings)) {
            for (IpAddress any : List.of(IpAddress.ANY_V4, IpAddress.ANY_V6)) {
                doors.put(
                        new DoorSpec(any, settings.port(), DoorSpec.Purpose.UNICAST),
                        joins(settings, interfaces, served, any.isV4()));
            }
            return new DoorPlan(doors);
        }
        for (LocalInterface on : interfaces) {
            for (LocalInterface.Address own : on.addresses()) {
                if (on.up() && canBeBound(own.address()) && served.test(new OwnAddress(on, own.address()))) {
                    doors.put(new DoorSpec(own.address(), settings.port(), DoorSpec.Purpose.UNICAST), Set.of());
                    own.broadcast()
                            .filter(a -> settings.receiver().broadcast())
                            .ifPresent(a -> doors.put(listening(a, settings), Set.of()));
                }
            }
        }
        for (Join join : allJoins(settings, interfaces, served)) {
            doors.computeIfAbsent(listening(join.group(), settings), d -> new LinkedHashSet<>())
                    .add(join);
        }
        return new DoorPlan(doors);
    }

    /// An IPv6 link-local address belongs to one interface only, which a socket's address alone does not name.
    private static boolean canBeBound(IpAddress address) {
        return address.isV4() || !address.isLinkLocal();
    }

    /// False after `interface ignore wildcard`, the last such line deciding.
    public static boolean usesWildcard(TimeSettings settings) {
        return settings.interfaces().stream()
                .filter(rule -> rule.name().filter("wildcard"::equals).isPresent())
                .reduce((first, second) -> second)
                .map(rule -> rule.action() == InterfaceRule.Action.LISTEN)
                .orElse(true);
    }

    private static DoorSpec listening(IpAddress address, TimeSettings settings) {
        return new DoorSpec(address, settings.port(), DoorSpec.Purpose.LISTENING);
    }

    private static Set<Join> joins(TimeSettings settings, List<LocalInterface> interfaces, Served served, boolean v4) {
        Set<Join> joins = new LinkedHashSet<>(allJoins(settings, interfaces, served));
        joins.removeIf(join -> join.group().isV4() != v4);
        return joins;
    }

    /// Each group on each interface that was named, or else on each that is up, served, can do multicast and is not
    /// the loopback.
    private static Set<Join> allJoins(TimeSettings settings, List<LocalInterface> interfaces, Served served) {
        Set<Join> joins = new LinkedHashSet<>();
        List<String> named = settings.receiver().interfaces();
        for (IpAddress group : settings.receiver().groups()) {
            for (LocalInterface on : interfaces) {
                boolean wanted = named.isEmpty()
                        ? on.multicast() && !on.loopback() && hasServed(on, group.isV4(), served)
                        : named.contains(on.name());
                if (on.up() && wanted) {
                    joins.add(new Join(group, on.index(), on.name()));
                }
            }
        }
        return joins;
    }

    private static boolean hasServed(LocalInterface on, boolean v4, Served served) {
        return on.addresses().stream()
                .anyMatch(own -> own.address().isV4() == v4 && served.test(new OwnAddress(on, own.address())));
    }
}
