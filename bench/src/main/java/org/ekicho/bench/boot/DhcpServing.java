package org.ekicho.bench.boot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.ekicho.daemon.boot.dhcp.DhcpObserver;
import org.ekicho.daemon.boot.dhcp.DhcpPlace;
import org.ekicho.daemon.boot.dhcp.DhcpPorts;
import org.ekicho.daemon.boot.dhcp.DhcpService;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.host.net.Interfaces;
import org.ekicho.netboot.dhcp.DhcpOptions;
import org.ekicho.netboot.lease.AddressRange;
import org.ekicho.netboot.lease.ClientKey;
import org.ekicho.netboot.lease.DhcpSettings;
import org.ekicho.netboot.lease.RivalWatch;
import org.ekicho.netboot.lease.Subnet;
import org.ekicho.netboot.policy.BootReason;
import org.ekicho.netboot.policy.BootStep;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;

/// Our DHCP server alone, with its leases on the disk before each answer; addresses are given unchecked, as the peers
/// do.
///
/// Arguments: interface, file of leases. Says `serving` once it does.
public final class DhcpServing {
    private DhcpServing() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        DhcpPlace place = Interfaces.list().stream()
                .filter(link -> link.name().equals(arguments[0]))
                .flatMap(link -> DhcpPlace.of(link).stream())
                .findFirst()
                .orElseThrow(() -> new IOException("there is no interface " + arguments[0] + " with an address"));
        Subnet subnet = new Subnet(
                IpPrefix.parse("10.0.0.0/8").orElseThrow(),
                List.of(new AddressRange(IpAddress.literal("10.1.0.0"), IpAddress.literal("10.1.255.255"))),
                3600,
                86_400,
                DhcpOptions.NONE);
        DhcpSettings settings = new DhcpSettings(
                List.of(subnet),
                List.of(),
                DhcpOptions.NONE,
                ClientKey.Identity.CLIENT_ID,
                DhcpSettings.Checking.NONE,
                DhcpSettings.Authority.REFUSE,
                DhcpSettings.Clock.AS_CONFIGURED,
                80);
        try (Supervisor supervisor = new Supervisor();
                DhcpService service = DhcpService.server(
                        List.of(place),
                        DhcpPorts.STANDARD,
                        (_, _, _) -> new BootStep.Silence(BootReason.NOT_BOOTING),
                        settings,
                        Path.of(arguments[1]),
                        DhcpObserver.NONE)) {
            service.start(supervisor);
            while (!service.stances().equals(List.of(RivalWatch.Stance.SERVING))) Thread.sleep(50);
            IO.println("serving");
            Thread.currentThread().join();
        }
    }
}
