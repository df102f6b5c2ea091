package org.ekicho.daemon.boot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ekicho.daemon.boot.dhcp.DhcpPlace;
import org.ekicho.daemon.boot.dhcp.DhcpPorts;
import org.ekicho.daemon.boot.dhcp.DhcpService;
import org.ekicho.host.net.Interfaces;
import org.ekicho.host.net.NetInterface;
import org.ekicho.netboot.client.BootClient;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.netboot.dhcp.BootDoor;
import org.ekicho.netboot.dhcp.DhcpOptions;
import org.ekicho.netboot.dhcp.OptionCode;
import org.ekicho.netboot.lease.AddressRange;
import org.ekicho.netboot.lease.ClientKey;
import org.ekicho.netboot.lease.DhcpSettings;
import org.ekicho.netboot.lease.Reservation;
import org.ekicho.netboot.lease.Subnet;
import org.ekicho.netboot.policy.BootReason;
import org.ekicho.netboot.policy.BootStep;
import org.ekicho.netboot.policy.BootWay;
import org.ekicho.netboot.policy.OfferForm;
import org.ekicho.netboot.settings.BootSettings;
import org.ekicho.netboot.settings.DhcpMode;
import org.ekicho.netboot.settings.SubnetSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens DHCP as the settings say, with the policy behind it.
final class DhcpStart {
    private static final Logger LOG = LoggerFactory.getLogger(DhcpStart.class);

    private DhcpStart() {}

    /// @return empty when DHCP is somebody else's matter
    /// @throws IOException when an interface is not there or a port is taken: the message says what to do
    static Optional<DhcpService> open(
            BootSettings settings,
            DhcpPorts ports,
            BootFolder folder,
            BootDesk desk,
            TraceKeeper trace,
            MachineFinder finder)
            throws IOException {
        if (settings.dhcp() == DhcpMode.OFF || settings.interfaces().isEmpty()) {
            return Optional.empty();
        }
        List<DhcpPlace> places = places(settings.interfaces());
        DhcpWitness witness = new DhcpWitness(trace, finder);
        BootDoor door = (client, ours, asked) -> next(desk, trace, client, asked);
        return Optional.of(
                settings.dhcp() == DhcpMode.PROXY
                        ? DhcpService.proxy(places, ports, door, settings.http().port(), witness)
                        : DhcpService.server(
                                places,
                                ports,
                                door,
                                dhcp(settings),
                                folder.root().resolve("leases"),
                                witness));
    }

    /// The policy's answer; when the orders cannot be read, nobody is installed.
    private static BootStep next(BootDesk desk, TraceKeeper trace, BootClient client, BootDoor.Asked asked) {
        OfferForm form =
                client.arch().filter(arch -> arch.isUefi()).isPresent() ? OfferForm.ASK_4011 : OfferForm.IN_OFFER;
        try {
            BootWay way = client.stage() == BootStage.PXE_ROM
                    ? trace.way(
                            client.mac(),
                            client.vendorClass(),
                            form,
                            asked == BootDoor.Asked.OFFER ? TraceKeeper.Begins.PERHAPS : TraceKeeper.Begins.GOES_ON)
                    : BootWay.first(form);
            return desk.decide(client, way).step();
        } catch (IOException e) {
            LOG.error("cannot read the install orders: {}", e.getMessage());
            return new BootStep.Silence(BootReason.ORDER_BROKEN);
        }
    }

    private static List<DhcpPlace> places(Set<String> names) throws IOException {
        List<NetInterface> all = Interfaces.list();
        List<DhcpPlace> places = new ArrayList<>();
        for (String name : names.stream().sorted().toList()) {
            NetInterface link = all.stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IOException("there is no interface " + name + "; there are "
                            + all.stream().map(NetInterface::name).collect(Collectors.joining(", "))));
            places.add(DhcpPlace.of(link)
                    .orElseThrow(() -> new IOException(
                            name + " has no IPv4 address, which DHCP needs; give it one: ip addr add … dev " + name)));
        }
        return places;
    }

    private static DhcpSettings dhcp(BootSettings settings) {
        List<Subnet> subnets =
                settings.subnets().stream().map(DhcpStart::subnet).toList();
        List<Reservation> reservations = settings.reservations().entrySet().stream()
                .map(entry -> Reservation.of(entry.getKey(), entry.getValue()))
                .toList();
        boolean own =
                settings.subnets().stream().allMatch(subnet -> subnet.ntp().isEmpty());
        return new DhcpSettings(
                subnets,
                reservations,
                DhcpOptions.NONE,
                ClientKey.Identity.MAC,
                DhcpSettings.Checking.PROBE,
                DhcpSettings.Authority.REFUSE,
                own ? DhcpSettings.Clock.US : DhcpSettings.Clock.AS_CONFIGURED,
                settings.http().port());
    }

    private static Subnet subnet(SubnetSettings said) {
        DhcpOptions.Builder options = DhcpOptions.builder();
        said.router().ifPresent(router -> options.setAddress(OptionCode.ROUTER, router));
        if (!said.dns().isEmpty()) options.setAddresses(OptionCode.DNS, said.dns());
        said.domain().ifPresent(domain -> options.setText(OptionCode.DOMAIN_NAME, domain));
        if (!said.ntp().isEmpty()) options.setAddresses(OptionCode.NTP, said.ntp());
        int seconds = Math.clamp(said.lease().toSeconds(), Subnet.MIN_LEASE_SECONDS, Integer.MAX_VALUE);
        return new Subnet(
                said.net(),
                said.ranges().stream()
                        .map(range -> new AddressRange(range.first(), range.last()))
                        .toList(),
                seconds,
                seconds,
                options.build());
    }
}
