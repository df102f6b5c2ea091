package org.ekicho.netboot.dhcp;

import java.util.Arrays;
import org.ekicho.netboot.client.BootClient;
import org.ekicho.netboot.policy.BootReason;
import org.ekicho.netboot.policy.BootStep;
import org.ekicho.netboot.policy.OfferForm;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// Any bytes at all as a DHCP packet: nothing throws, what was read survives being written, no answer is
/// longer than the
/// client can take, and no answer draws another one.
public final class DhcpFuzz {
    private static final int HEADER = 240;
    private static final IpAddress US = IpAddress.literal("10.77.0.1");

    private DhcpFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        byte[] bytes = Arrays.copyOf(data, Math.min(data.length, DhcpCodec.LARGEST_LIMIT));
        read(bytes);
        if (bytes.length >= HEADER) {
            BigEndian.put32(bytes, 236, 0x63825363);
            bytes[1] = 1;
            bytes[2] = 6;
            read(bytes);
        }
    }

    private static void read(byte[] bytes) {
        if (!(DhcpCodec.decode(bytes, bytes.length) instanceof DhcpReading.Whole(DhcpPacket packet))) return;
        byte[] again = DhcpCodec.encode(packet, DhcpCodec.LARGEST_LIMIT);
        check(again.length <= DhcpCodec.LARGEST_LIMIT, "too long");
        DhcpReading reread = DhcpCodec.decode(again, again.length);
        if (!(reread instanceof DhcpReading.Whole(DhcpPacket same))) throw new AssertionError("not read back");
        check(same.file().equals(packet.file()) && same.mac().equals(packet.mac()), "fields differ");
        for (int code : same.options().codes()) {
            check(Arrays.equals(same.options().bytes(code), packet.options().bytes(code)), "option " + code);
        }
        BootClient client = BootClients.of(packet);
        check(client.vendorClass().chars().allMatch(c -> c >= 0x20 && c < 0x7f), "control character");
        for (int port : new int[] {67, 4011}) {
            answer(
                    packet,
                    new BootStep.ByTftp("ipxe/a.efi", OfferForm.IN_OFFER, 1468, 4, false, BootReason.ORDERED),
                    port);
            answer(packet, new BootStep.ByHttp("/boot/a".repeat(30), BootReason.ORDERED), port);
            answer(packet, new BootStep.LocalDisk(BootReason.NOTHING_ORDERED), port);
        }
    }

    private static void answer(DhcpPacket packet, BootStep step, int port) {
        ProxyDhcpServer server = new ProxyDhcpServer((_, _, _) -> step, 80);
        Arrival arrival = new Arrival(2, US, new Endpoint(IpAddress.literal("10.77.0.9"), 68), port);
        if (!(server.answer(packet, arrival) instanceof DhcpAction.Reply reply)) return;
        byte[] bytes = reply.encode();
        check(bytes.length <= reply.limit(), "answer too long");
        if (!(DhcpCodec.decode(bytes, bytes.length) instanceof DhcpReading.Whole(DhcpPacket said))) {
            throw new AssertionError("answer cannot be read");
        }
        check(said.options().address(OptionCode.SERVER_ID).filter(US::equals).isPresent(), "server id");
        check(server.answer(said, arrival) instanceof DhcpAction.Drop, "an answer was answered");
    }

    private static void check(boolean holds, String broken) {
        if (!holds) throw new AssertionError(broken);
    }
}
