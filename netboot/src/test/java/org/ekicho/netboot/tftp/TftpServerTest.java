package org.ekicho.netboot.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;
import org.ekicho.wire.Moment;
import org.junit.jupiter.api.Test;

class TftpServerTest {
    private static final Moment NOW = new Moment(1_795_000_000_000_000_000L, 5);
    private static final BootIndex INDEX = new BootIndex(List.of(new BootFile("ipxe/snponly.efi", 5000, "")));

    private TftpServer server = new TftpServer(TftpSettings.USUAL, client -> TftpTerms.GENEROUS, INDEX);

    private static Datagram packet(String address, int port, TftpPacket packet) {
        return new Datagram()
                .payload(TftpCodec.encode(packet))
                .peer(IpAddress.literal(address), port)
                .local(IpAddress.literal("10.0.0.1"), 2);
    }

    private TftpAction read(String address, int port, String file) {
        return server.answer(packet(address, port, new TftpPacket.Read(file, "octet", List.of())), NOW);
    }

    private static void refusedWith(TftpAction action, int code, TftpReason reason) {
        assertThat(action).isInstanceOfSatisfying(TftpAction.Refuse.class, refuse -> {
            assertThat(refuse.error().code()).isEqualTo(code);
            assertThat(refuse.report().reason()).isEqualTo(reason);
        });
    }

    @Test
    void a_missing_file_of_real_firmware_is_error_1_with_the_nearest_name() {
        byte[] sent = GoldenPackets.sentByClient("f-uefi-nofile").getFirst();
        Datagram request = new Datagram().payload(sent).peer(IpAddress.literal("10.0.0.9"), 1329);
        refusedWith(server.answer(request, NOW), TftpError.NOT_FOUND, TftpReason.NOT_FOUND);
        refusedWith(read("10.0.0.9", 9, "snponyl.efi"), TftpError.NOT_FOUND, TftpReason.NOT_FOUND);
        assertThat(((TftpAction.Refuse) read("10.0.0.9", 9, "snponyl.efi"))
                        .error()
                        .message())
                .endsWith("nearest name: ipxe/snponly.efi");
    }

    @Test
    void a_miss_that_loaders_expect_is_graded_so() {
        refusedWith(read("10.0.0.9", 9, "pxelinux.cfg/default"), TftpError.NOT_FOUND, TftpReason.NOT_FOUND_EXPECTED);
    }

    @Test
    void nothing_can_be_written_and_only_octet_mode_is_served() {
        refusedWith(
                server.answer(packet("10.0.0.9", 9, new TftpPacket.Write("a", "octet", List.of())), NOW),
                TftpError.ACCESS,
                TftpReason.WRITE_REFUSED);
        refusedWith(
                server.answer(
                        packet("10.0.0.9", 9, new TftpPacket.Read("ipxe/snponly.efi", "netascii", List.of())), NOW),
                TftpError.OTHER,
                TftpReason.BAD_MODE);
    }

    @Test
    void limits_are_kept_for_all_and_for_one_address_and_freed_by_the_end() {
        server = new TftpServer(TftpSettings.USUAL.withLimits(3, 2), client -> TftpTerms.GENEROUS, INDEX);
        TftpAction first = read("10.0.0.9", 1, "ipxe/snponly.efi");
        assertThat(first).isInstanceOf(TftpAction.Start.class);
        assertThat(read("10.0.0.9", 2, "ipxe/snponly.efi")).isInstanceOf(TftpAction.Start.class);
        refusedWith(read("10.0.0.9", 3, "ipxe/snponly.efi"), 0, TftpReason.TOO_MANY_FROM_ADDRESS);
        assertThat(read("10.0.0.8", 1, "ipxe/snponly.efi")).isInstanceOf(TftpAction.Start.class);
        refusedWith(read("10.0.0.7", 1, "ipxe/snponly.efi"), 0, TftpReason.TOO_MANY);
        TftpTransfer transfer = ((TftpAction.Start) first).transfer();
        server.deliver(transfer, packet("10.0.0.9", 1, new TftpPacket.Failure(0, "")), 6);
        assertThat(read("10.0.0.9", 3, "ipxe/snponly.efi")).isInstanceOf(TftpAction.Start.class);
    }

    @Test
    void strangers_and_answers_are_met_with_silence() {
        server = new TftpServer(
                TftpSettings.USUAL.servingOnly(
                        List.of(IpPrefix.parse("10.0.0.0/24").orElseThrow())),
                client -> TftpTerms.GENEROUS,
                INDEX);
        assertThat(read("10.0.1.9", 1, "ipxe/snponly.efi")).isEqualTo(new TftpAction.Ignore(TftpReason.NOT_SERVED));
        assertThat(server.answer(packet("10.0.0.9", 1, new TftpPacket.Failure(1, "")), NOW))
                .isEqualTo(new TftpAction.Ignore(TftpReason.NOT_A_REQUEST));
        Datagram nonsense = new Datagram().payload(new byte[] {9, 9, 9, 9}).peer(IpAddress.literal("10.0.0.9"), 1);
        assertThat(server.answer(nonsense, NOW)).isEqualTo(new TftpAction.Ignore(TftpReason.MALFORMED));
    }

    @Test
    void another_request_from_the_same_port_replaces_the_first() {
        TftpTransfer old = ((TftpAction.Start) read("10.0.0.9", 2070, "ipxe/snponly.efi")).transfer();
        TftpAction action = read("10.0.0.9", 2070, "\\IPXE\\snponly.efi");
        assertThat(action)
                .isInstanceOfSatisfying(
                        TftpAction.Start.class,
                        start -> assertThat(start.replaced()).contains(old));
        assertThat(old.report().reason()).isEqualTo(TftpReason.REPLACED);
        assertThat(server.transfers()).hasSize(1);
    }

    @Test
    void a_shared_port_takes_acknowledgements_at_the_door() {
        server = new TftpServer(TftpSettings.USUAL, client -> TftpTerms.GENEROUS.onSharedPort(), INDEX);
        TftpTransfer transfer = ((TftpAction.Start) read("10.0.0.9", 7, "ipxe/snponly.efi")).transfer();
        assertThat(transfer.begin(5)).isEqualTo(new TftpStep.Blocks(1, 1));
        assertThat(server.answer(packet("10.0.0.9", 7, new TftpPacket.Ack(1)), NOW))
                .isEqualTo(new TftpAction.Continue(transfer, new TftpStep.Blocks(2, 1)));
        assertThat(server.answer(packet("10.0.0.9", 8, new TftpPacket.Ack(1)), NOW))
                .isEqualTo(new TftpAction.Ignore(TftpReason.NOT_A_REQUEST));
    }
}
