package org.ekicho.netboot.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.netboot.policy.BootReason;
import org.ekicho.netboot.policy.BootStep;
import org.ekicho.netboot.policy.OfferForm;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.api.Test;

final class ProxyDhcpServerTest {
    private static final String US = "10.77.0.1";
    private static final BootStep TFTP = tftp("ipxe/snponly.efi", OfferForm.ASK_4011);

    @Test
    void offers_a_file_and_no_address_to_uefi_that_will_ask_4011() {
        DhcpPacket offer = reply(TFTP, captured("m-uefi-proxy", 0)).packet();
        assertThat(offer.type()).contains(DhcpType.OFFER);
        assertThat(offer.yiaddr()).isEqualTo(IpAddress.ANY_V4);
        assertThat(offer.siaddr()).isEqualTo(IpAddress.literal(US));
        assertThat(offer.file()).isEqualTo("ipxe/snponly.efi");
        assertThat(offer.options().text(OptionCode.VENDOR_CLASS)).isEqualTo("PXEClient");
        assertThat(offer.options().address(OptionCode.SERVER_ID)).contains(IpAddress.literal(US));
        assertThat(offer.options().bytes(OptionCode.CLIENT_UUID)).hasSize(17);
        assertThat(offer.options().has(OptionCode.VENDOR_SPECIFIC)).isFalse();
        // EDK2 asks for 67 and takes it over `file`; old ROMs read it up to a NUL.
        assertThat(offer.options().bytes(OptionCode.BOOT_FILE)).endsWith(0);
        assertThat(offer.options().text(OptionCode.TFTP_SERVER)).isEqualTo(US);
        assertThat(reply(TFTP, captured("m-uefi-proxy", 0)).to()).isEqualTo(ReplyTo.EVERYONE);
    }

    @Test
    void the_other_form_says_use_this_packet() {
        DhcpPacket offer = reply(tftp("a", OfferForm.IN_OFFER), captured("m-uefi-proxy", 0))
                .packet();
        assertThat(offer.options().bytes(OptionCode.VENDOR_SPECIFIC)).containsExactly(6, 1, 8, 255);
    }

    @Test
    void answers_4011_to_where_the_question_came_from() {
        CapturedDhcp asked = first("m-uefi-proxy", 4011, 4011);
        DhcpAction.Reply reply = reply(TFTP, asked);
        assertThat(reply.packet().type()).contains(DhcpType.ACK);
        assertThat(reply.to()).isEqualTo(new Endpoint(IpAddress.literal("10.77.3.17"), 4011));
        assertThat(reply.packet().file()).isEqualTo("ipxe/snponly.efi");
        assertThat(reply(TFTP, first("m-uefi-proxy", 68, 4011)).to().port()).isEqualTo(68);
    }

    @Test
    void a_question_to_4011_without_address_has_no_answer() {
        CapturedDhcp asked = first("m-uefi-proxy", 4011, 4011);
        CapturedDhcp nowhere = new CapturedDhcp(new Endpoint(IpAddress.ANY_V4, 68), asked.to(), asked.hex());
        assertThat(answer(TFTP, nowhere)).isEqualTo(DhcpAction.drop(DhcpReason.NO_RETURN_ADDRESS));
    }

    @Test
    void http_boot_gets_a_url_without_a_nul() {
        DhcpPacket offer = reply(
                        new BootStep.ByHttp("/boot/snponly.efi", BootReason.ORDERED), captured("m-uefi-http", 0))
                .packet();
        assertThat(offer.options().text(OptionCode.VENDOR_CLASS)).isEqualTo("HTTPClient");
        assertThat(new String(offer.options().bytes(OptionCode.BOOT_FILE), StandardCharsets.US_ASCII))
                .isEqualTo("http://10.77.0.1:8080/boot/snponly.efi");
        assertThat(offer.options().has(OptionCode.VENDOR_SPECIFIC)).isFalse();
    }

    @Test
    void ipxe_gets_its_script_and_never_a_menu() {
        DhcpPacket offer = reply(
                        new BootStep.ByHttp("/boot/s.ipxe", BootReason.ORDERED), captured("a-bios-full-tcg", 0))
                .packet();
        assertThat(offer.file()).isEqualTo("http://10.77.0.1:8080/boot/s.ipxe");
        assertThat(offer.options().bytes(OptionCode.IPXE)).containsExactly(1, 1, 1, 176, 1, 1);
        assertThat(offer.options().has(OptionCode.VENDOR_SPECIFIC)).isFalse();
        assertThat(answer(new BootStep.LocalDisk(BootReason.NOTHING_ORDERED), captured("a-bios-full-tcg", 0)))
                .isEqualTo(DhcpAction.drop(DhcpReason.CANNOT_LOAD_SO));
    }

    @Test
    void a_name_too_long_for_the_field_stands_in_option_67_alone() {
        String name = "x".repeat(200);
        DhcpPacket offer = reply(tftp(name, OfferForm.IN_OFFER), captured("m-uefi-proxy", 0))
                .packet();
        assertThat(offer.file()).isEmpty();
        assertThat(offer.options().text(OptionCode.BOOT_FILE)).isEqualTo(name);
    }

    @Test
    void firmware_is_sent_to_its_disk_by_a_menu_of_local_boot() {
        DhcpPacket offer = reply(new BootStep.LocalDisk(BootReason.NOTHING_ORDERED), captured("m-uefi-proxy", 0))
                .packet();
        assertThat(offer.file()).isEmpty();
        DhcpOptions vendor = DhcpOptions.decode(offer.options().bytes(OptionCode.VENDOR_SPECIFIC));
        assertThat(vendor.u16(OptionCode.PXE_MENU)).hasValue(0);
        assertThat(vendor.u8(OptionCode.PXE_PROMPT)).hasValue(0);
    }

    @Test
    void firmware_that_cannot_load_that_way_is_not_answered() {
        assertThat(answer(TFTP, captured("m-uefi-http", 0))).isEqualTo(DhcpAction.drop(DhcpReason.CANNOT_LOAD_SO));
        assertThat(answer(new BootStep.ByHttp("/x", BootReason.ORDERED), captured("m-uefi-proxy", 0)))
                .isEqualTo(DhcpAction.drop(DhcpReason.CANNOT_LOAD_SO));
    }

    @Test
    void a_request_for_another_server_tells_who_won() {
        CapturedDhcp request = first("m-uefi-proxy", 68, 67, DhcpType.REQUEST);
        assertThat(answer(TFTP, request))
                .isEqualTo(new DhcpAction.Drop(DhcpReason.OTHER_SERVER, Optional.of(IpAddress.literal("10.77.0.2"))));
    }

    @Test
    void who_does_not_boot_gets_nothing() {
        DhcpPacket discover = captured("m-uefi-proxy", 0).packet();
        List<Integer> needed = List.of(OptionCode.VENDOR_CLASS);
        for (int code : needed) {
            DhcpAction action = new ProxyDhcpServer((_, _, _) -> TFTP, 80)
                    .answer(
                            with(discover, discover.options().without(code)),
                            captured("m-uefi-proxy", 0).arrival(US));
            assertThat(action).isEqualTo(DhcpAction.drop(DhcpReason.NOT_BOOTING));
        }
        assertThat(answer(new BootStep.Silence(BootReason.KNOWN_ONLY), captured("m-uefi-proxy", 0)))
                .isEqualTo(DhcpAction.drop(DhcpReason.POLICY));
    }

    @Test
    void relayed_questions_go_back_to_the_relay_with_its_option() {
        DhcpPacket discover = captured("m-uefi-proxy", 0).packet();
        DhcpAction.Reply reply = (DhcpAction.Reply) relayed(discover, new byte[] {1, 1, 5});
        assertThat(reply.to()).isEqualTo(new Endpoint(IpAddress.literal("10.9.0.1"), 67));
        assertThat(reply.packet().options().codes().getLast()).isEqualTo(OptionCode.RELAY_AGENT);
    }

    @Test
    void a_relay_option_that_leaves_no_room_for_an_answer_gets_none() {
        DhcpPacket discover = captured("m-uefi-proxy", 0).packet();
        DhcpAction.Reply full = (DhcpAction.Reply) relayed(discover, new byte[255]);
        byte[] bytes = full.encode();
        DhcpReading.Whole said = (DhcpReading.Whole) DhcpCodec.decode(bytes, bytes.length);
        assertThat(said.packet().options().address(OptionCode.SERVER_ID)).contains(IpAddress.literal(US));
        assertThat(said.packet().options().bytes(OptionCode.RELAY_AGENT)).hasSize(255);
        assertThat(relayed(discover, new byte[256])).isEqualTo(DhcpAction.drop(DhcpReason.RELAY_TOO_LONG));
    }

    private static DhcpAction relayed(DhcpPacket discover, byte[] added) {
        DhcpOptions options = DhcpOptions.builder()
                .setAll(discover.options())
                .set(OptionCode.RELAY_AGENT, added)
                .build();
        DhcpPacket relayed = new DhcpPacket(
                false,
                1,
                1,
                0,
                false,
                discover.ciaddr(),
                discover.yiaddr(),
                discover.siaddr(),
                IpAddress.literal("10.9.0.1"),
                discover.mac(),
                "",
                "",
                options);
        return new ProxyDhcpServer((_, _, _) -> TFTP, 80)
                .answer(relayed, captured("m-uefi-proxy", 0).arrival(US));
    }

    @Test
    void every_client_packet_of_every_capture_gets_a_decision_and_no_server_packet_an_answer() {
        List<DhcpAction> answers = new ArrayList<>();
        for (String capture : CapturedDhcp.CAPTURES) {
            for (CapturedDhcp captured : CapturedDhcp.of(capture)) {
                DhcpAction action = answer(TFTP, captured);
                if (captured.packet().fromServer()) assertThat(action).isInstanceOf(DhcpAction.Drop.class);
                answers.add(action);
            }
        }
        assertThat(answers).hasSizeGreaterThan(80);
        assertThat(answers).filteredOn(DhcpAction.Reply.class::isInstance).hasSizeGreaterThan(15);
    }

    private static BootStep tftp(String file, OfferForm form) {
        return new BootStep.ByTftp(file, form, 1468, 4, false, BootReason.ORDERED);
    }

    private static DhcpPacket with(DhcpPacket packet, DhcpOptions options) {
        return new DhcpPacket(
                packet.fromServer(),
                0,
                packet.xid(),
                0,
                true,
                packet.ciaddr(),
                packet.yiaddr(),
                packet.siaddr(),
                packet.giaddr(),
                packet.mac(),
                "",
                "",
                options);
    }

    private static DhcpAction answer(BootStep step, CapturedDhcp captured) {
        return new ProxyDhcpServer((_, _, _) -> step, 8080).answer(captured.packet(), captured.arrival(US));
    }

    private static DhcpAction.Reply reply(BootStep step, CapturedDhcp captured) {
        return (DhcpAction.Reply) answer(step, captured);
    }

    private static CapturedDhcp captured(String capture, int index) {
        return CapturedDhcp.of(capture).get(index);
    }

    private static CapturedDhcp first(String capture, int from, int to) {
        return first(capture, from, to, DhcpType.REQUEST);
    }

    private static CapturedDhcp first(String capture, int from, int to, DhcpType type) {
        return CapturedDhcp.of(capture).stream()
                .filter(packet -> !packet.packet().fromServer()
                        && packet.from().port() == from
                        && packet.to().port() == to
                        && packet.packet().type().equals(Optional.of(type)))
                .findFirst()
                .orElseThrow();
    }
}
