package org.ekicho.ntp.broadcast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.ntp.settings.BroadcastSettings;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;

/// One way by which a stream leaves this host. Interface and source address are fixed by us for each packet, so no
/// route to the group is needed.
///
/// @param interfaceIndex kernel index; 0: the kernel chooses by its routes (a stream to a unicast address)
/// @param interfaceName  its name, empty for index 0
/// @param source         address that the packets come from: receivers ask there for the delay
public record StreamPath(int interfaceIndex, String interfaceName, IpAddress source) {
    private static final IpAddress LIMITED_BROADCAST = IpAddress.literal("255.255.255.255");

    /// The ways of one `broadcast` line, as classic ntpd takes them: a group leaves by every interface that can
    /// multicast, once for each subnet there; a subnet's broadcast address by the interface that owns it.
    /// `lo` takes part only when it is named.
    public static List<StreamPath> plan(BroadcastSettings settings, List<LocalInterface> interfaces) {
        IpAddress to = settings.address();
        if (to.isMulticast()) {
            return multicast(settings, interfaces);
        }
        List<StreamPath> paths = new ArrayList<>();
        for (LocalInterface one : interfaces) {
            if (one.up() && isWanted(one, settings)) {
                paths.addAll(broadcast(to, one));
            }
        }
        boolean isOurs = paths.isEmpty() && settings.interfaces().isEmpty() && !looksLikeBroadcast(to, interfaces);
        return isOurs ? List.of(new StreamPath(0, "", to.isV4() ? IpAddress.ANY_V4 : IpAddress.ANY_V6)) : paths;
    }

    /// A broadcast address of an interface that is down is no unicast address.
    private static boolean looksLikeBroadcast(IpAddress to, List<LocalInterface> interfaces) {
        return to.equals(LIMITED_BROADCAST)
                || interfaces.stream()
                        .flatMap(one -> one.addresses().stream())
                        .anyMatch(address -> address.broadcast().equals(Optional.of(to)));
    }

    private static List<StreamPath> broadcast(IpAddress to, LocalInterface one) {
        List<StreamPath> paths = new ArrayList<>();
        for (LocalInterface.Address address : one.addresses()) {
            boolean owns = address.broadcast().equals(Optional.of(to));
            boolean everywhere =
                    to.equals(LIMITED_BROADCAST) && address.broadcast().isPresent();
            if (owns || everywhere) {
                paths.add(new StreamPath(one.index(), one.name(), address.address()));
            }
        }
        return paths;
    }

    private static List<StreamPath> multicast(BroadcastSettings settings, List<LocalInterface> interfaces) {
        List<StreamPath> paths = new ArrayList<>();
        for (LocalInterface one : interfaces) {
            boolean named = settings.interfaces().contains(one.name());
            boolean suitable = one.up() && (one.loopback() ? named : one.multicast());
            if (suitable && isWanted(one, settings)) {
                paths.addAll(settings.address().isV4() ? multicastV4(one) : multicastV6(settings.address(), one));
            }
        }
        return paths;
    }

    private static boolean isWanted(LocalInterface one, BroadcastSettings settings) {
        return settings.interfaces().isEmpty() || settings.interfaces().contains(one.name());
    }

    private static List<StreamPath> multicastV4(LocalInterface one) {
        List<StreamPath> paths = new ArrayList<>();
        List<IpPrefix> subnets = new ArrayList<>();
        for (LocalInterface.Address address : one.addresses()) {
            if (address.address().isV4() && !subnets.contains(address.subnet())) {
                subnets.add(address.subnet());
                paths.add(new StreamPath(one.index(), one.name(), address.address()));
            }
        }
        return paths;
    }

    /// Link-local groups are sent from the link-local address, wider ones from a wider address where there is one.
    private static List<StreamPath> multicastV6(IpAddress group, LocalInterface one) {
        int scope = (int) (group.high() >>> 48) & 0xf;
        boolean wide = scope > 2;
        Optional<IpAddress> best = Optional.empty();
        for (LocalInterface.Address address : one.addresses()) {
            IpAddress own = address.address();
            if (!own.isV4() && (best.isEmpty() || (best.get().isLinkLocal() == wide && own.isLinkLocal() != wide))) {
                best = Optional.of(own);
            }
        }
        return best.map(source -> List.of(new StreamPath(one.index(), one.name(), source)))
                .orElse(List.of());
    }
}
