package org.ekicho.daemon.multicast;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ekicho.host.linux.SystemCallException;
import org.ekicho.host.net.IgmpListener;
import org.ekicho.host.net.IgmpQuery;
import org.ekicho.host.net.Interfaces;
import org.ekicho.host.net.MulticastKernel;
import org.ekicho.host.net.MulticastKernel.Membership;
import org.ekicho.host.net.NetInterface;
import org.ekicho.host.net.Routes;
import org.ekicho.wire.IpAddress;

/// Gathers the facts about a group on this host. Changes nothing and sends nothing.
public final class MulticastSurvey {
    private MulticastSurvey() {}

    /// @param patience how long to listen for IGMP queries; zero: not at all
    public static MulticastFacts of(IpAddress group, Duration patience) throws IOException {
        Map<Integer, IgmpQuery> queriers = new HashMap<>();
        Optional<Duration> listened = group.isV4() ? listen(queriers, patience) : Optional.of(Duration.ZERO);
        MulticastKernel kernel = new MulticastKernel();
        List<Membership> memberships = kernel.memberships();
        List<NetInterface> links = Interfaces.list();
        List<InterfaceFacts> interfaces = links.stream()
                .map(link -> new InterfaceFacts(
                        link,
                        link.vlan().flatMap(vlan -> name(links, vlan.parent())),
                        link.master().isPresent() ? name(links, link.master().getAsInt()) : Optional.empty(),
                        users(memberships, link.index(), group),
                        kernel.reversePathFilter(link.name()),
                        kernel.igmpVersion(link.name()),
                        kernel.forcedIgmpVersion(link.name()),
                        Optional.ofNullable(queriers.get(link.index()))))
                .toList();
        return new MulticastFacts(group, Routes.toward(group), listened, interfaces);
    }

    /// How long was listened; empty when that is not allowed.
    private static Optional<Duration> listen(Map<Integer, IgmpQuery> queriers, Duration patience) throws IOException {
        if (!patience.isPositive()) {
            return Optional.of(Duration.ZERO);
        }
        try (IgmpListener listener = IgmpListener.open()) {
            long end = System.nanoTime() + patience.toNanos();
            for (long left = patience.toNanos(); left > 0; left = end - System.nanoTime()) {
                for (IgmpQuery query : listener.hear(left)) {
                    queriers.put(query.interfaceIndex(), query);
                }
            }
            return Optional.of(patience);
        } catch (SystemCallException notAllowed) {
            // The survey goes on without; its report says what is missing.
            return Optional.empty();
        }
    }

    private static Optional<String> name(List<NetInterface> links, int index) {
        return links.stream()
                .filter(link -> link.index() == index)
                .map(NetInterface::name)
                .findFirst();
    }

    private static int users(List<Membership> memberships, int index, IpAddress group) {
        return memberships.stream()
                .filter(one -> one.interfaceIndex() == index && one.group().equals(group))
                .mapToInt(Membership::users)
                .sum();
    }
}
