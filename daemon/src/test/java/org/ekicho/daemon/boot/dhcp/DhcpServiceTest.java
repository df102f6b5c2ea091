package org.ekicho.daemon.boot.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.host.net.Interfaces;
import org.ekicho.netboot.dhcp.Arrival;
import org.ekicho.netboot.dhcp.DhcpAction;
import org.ekicho.netboot.dhcp.DhcpCodec;
import org.ekicho.netboot.dhcp.DhcpOptions;
import org.ekicho.netboot.dhcp.DhcpPacket;
import org.ekicho.netboot.dhcp.DhcpReading;
import org.ekicho.netboot.dhcp.DhcpReason;
import org.ekicho.netboot.dhcp.DhcpType;
import org.ekicho.netboot.dhcp.OptionCode;
import org.ekicho.netboot.policy.BootReason;
import org.ekicho.netboot.policy.BootStep;
import org.ekicho.netboot.policy.OfferForm;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;
import org.ekicho.wire.Moment;
import org.junit.jupiter.api.Test;

/// The proxy on the loopback interface, at ports that the kernel chooses.
final class DhcpServiceTest {
    private static final BootStep STEP =
            new BootStep.ByTftp("ipxe/snponly.efi", OfferForm.ASK_4011, 1468, 4, false, BootReason.ORDERED);

    private final BlockingQueue<DhcpAction> decided = new LinkedBlockingQueue<>();
    private final BlockingQueue<DhcpReason> malformed = new LinkedBlockingQueue<>();
    private final DhcpObserver observer = new DhcpObserver() {
        @Override
        public void decided(Moment at, Arrival arrival, DhcpPacket packet, DhcpAction action) {
            decided.add(action);
        }

        @Override
        public void malformed(Moment at, Arrival arrival, DhcpReason why) {
            malformed.add(why);
        }
    };

    @Test
    void answers_port_4011_to_the_port_that_asked_and_survives_noise() throws Exception {
        try (Supervisor supervisor = new Supervisor();
                DhcpService service = DhcpService.proxy(
                        List.of(loopback()), new DhcpPorts(0, 0, 0), (_, _, _) -> STEP, 80, observer);
                DatagramSocket client = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            service.start(supervisor);
            client.setSoTimeout(10_000);
            int port = service.ports().get(1);
            send(client, new byte[] {1, 2, 3}, port);
            send(client, DhcpCodec.encode(question(), DhcpCodec.LARGEST_LIMIT), port);
            DhcpPacket ack = receive(client);
            assertThat(ack.type()).contains(DhcpType.ACK);
            assertThat(ack.file()).isEqualTo("ipxe/snponly.efi");
            assertThat(ack.options().address(OptionCode.SERVER_ID)).contains(IpAddress.LOOPBACK_V4);
            assertThat(malformed.poll(10, TimeUnit.SECONDS)).isEqualTo(DhcpReason.TOO_SHORT);
            assertThat(decided.poll(10, TimeUnit.SECONDS)).isInstanceOf(DhcpAction.Reply.class);
        }
    }

    private static DhcpPlace loopback() throws IOException {
        return Interfaces.list().stream()
                .filter(link -> link.name().equals("lo"))
                .flatMap(link -> DhcpPlace.of(link).stream())
                .findFirst()
                .orElseThrow();
    }

    private static DhcpPacket question() {
        IpAddress none = IpAddress.ANY_V4;
        DhcpOptions options = DhcpOptions.builder()
                .set8(OptionCode.MESSAGE_TYPE, DhcpType.REQUEST.code())
                .setText(OptionCode.VENDOR_CLASS, "PXEClient:Arch:00007:UNDI:003016")
                .set(OptionCode.CLIENT_ARCH, (byte) 0, (byte) 7)
                .build();
        return new DhcpPacket(
                false,
                0,
                5,
                0,
                false,
                IpAddress.LOOPBACK_V4,
                none,
                none,
                none,
                MacAddress.literal("52:54:00:77:00:01"),
                "",
                "",
                options);
    }

    private static void send(DatagramSocket client, byte[] bytes, int port) throws IOException {
        client.send(new DatagramPacket(bytes, bytes.length, InetAddress.ofLiteral("127.0.0.1"), port));
    }

    private static DhcpPacket receive(DatagramSocket client) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
        client.receive(packet);
        if (DhcpCodec.decode(packet.getData(), packet.getLength()) instanceof DhcpReading.Whole(DhcpPacket whole)) {
            return whole;
        }
        throw new AssertionError("no DHCP packet");
    }
}
