package org.ekicho.netboot.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.UUID;
import org.ekicho.netboot.client.BootClient;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.netboot.client.ClientArch;
import org.ekicho.wire.MacAddress;
import org.junit.jupiter.api.Test;

final class BootClientsTest {
    @Test
    void tells_the_stages_of_captured_boots() {
        assertThat(BootClients.of(first("a-bios-full-tcg")).stage()).isEqualTo(BootStage.IPXE);
        assertThat(BootClients.of(first("b-uefi-full-tcg")).stage()).isEqualTo(BootStage.PXE_ROM);
        assertThat(BootClients.of(first("m-uefi-http")).stage()).isEqualTo(BootStage.HTTP_ROM);
        assertThat(CapturedDhcp.of("b-uefi-full-tcg").stream()
                        .map(CapturedDhcp::packet)
                        .filter(packet -> !packet.fromServer())
                        .map(packet -> BootClients.of(packet).stage())
                        .distinct())
                .containsExactly(BootStage.PXE_ROM, BootStage.IPXE);
    }

    @Test
    void tells_the_architecture_of_captured_boots() {
        assertThat(BootClients.of(first("a-bios-full-tcg")).arch()).contains(ClientArch.BIOS);
        assertThat(BootClients.of(first("b-uefi-full-tcg")).arch()).contains(ClientArch.EFI_X64);
        assertThat(BootClients.of(first("m-uefi-http")).arch()).contains(ClientArch.HTTP_X64);
    }

    @Test
    void takes_the_user_class_in_both_forms() {
        assertThat(of(pxe().setText(OptionCode.USER_CLASS, "iPXE")).stage()).isEqualTo(BootStage.IPXE);
        assertThat(of(pxe().setText(OptionCode.USER_CLASS, "\4iPXE")).stage()).isEqualTo(BootStage.IPXE);
        assertThat(of(pxe().setText(OptionCode.USER_CLASS, "\5other\4iPXE")).stage())
                .isEqualTo(BootStage.IPXE);
        assertThat(of(pxe().setText(OptionCode.USER_CLASS, "iPXElike")).stage()).isEqualTo(BootStage.PXE_ROM);
    }

    @Test
    void installers_are_known_by_their_vendor_class() {
        assertThat(vendor("anaconda-Linux 5.14.0 x86_64")).isEqualTo(BootStage.INSTALLER);
        assertThat(vendor("d-i")).isEqualTo(BootStage.INSTALLER);
        assertThat(vendor("udhcp 1.35.0")).isEqualTo(BootStage.INSTALLER);
        assertThat(vendor("d-iother")).isEqualTo(BootStage.SYSTEM);
        assertThat(vendor("MSFT 5.0")).isEqualTo(BootStage.SYSTEM);
    }

    @Test
    void a_blank_uuid_is_none() {
        byte[] uuid = new byte[17];
        assertThat(of(pxe().set(OptionCode.CLIENT_UUID, uuid)).uuid()).isEmpty();
        Arrays.fill(uuid, 1, 17, (byte) 0xff);
        assertThat(of(pxe().set(OptionCode.CLIENT_UUID, uuid)).uuid()).isEmpty();
        uuid[16] = 1;
        assertThat(of(pxe().set(OptionCode.CLIENT_UUID, uuid)).uuid()).contains(new UUID(-1L, -255L));
        assertThat(of(pxe().set(OptionCode.CLIENT_UUID, new byte[16])).uuid()).isEmpty();
    }

    @Test
    void the_first_known_architecture_counts() {
        assertThat(of(pxe().set(OptionCode.CLIENT_ARCH, new byte[] {(byte) 0xff, 0, 0, 7}))
                        .arch())
                .contains(ClientArch.EFI_X64);
        assertThat(of(DhcpOptions.builder().setText(60, "PXEClient:Arch:00011:UNDI:003000"))
                        .arch())
                .contains(ClientArch.EFI_ARM64);
    }

    @Test
    void a_raspberry_pi_that_says_bios_is_none() {
        BootClient client = BootClients.of(packet("b8:27:eb:01:02:03", pxe()));
        assertThat(client.arch()).contains(new ClientArch(41));
        assertThat(of(pxe()).arch()).contains(ClientArch.BIOS);
    }

    private static BootStage vendor(String text) {
        return of(DhcpOptions.builder().setText(OptionCode.VENDOR_CLASS, text)).stage();
    }

    private static DhcpOptions.Builder pxe() {
        return DhcpOptions.builder()
                .setText(OptionCode.VENDOR_CLASS, "PXEClient:Arch:00000:UNDI:002001")
                .set(OptionCode.CLIENT_ARCH, new byte[] {0, 0});
    }

    private static BootClient of(DhcpOptions.Builder options) {
        return BootClients.of(packet("52:54:00:77:00:01", options));
    }

    private static DhcpPacket packet(String mac, DhcpOptions.Builder options) {
        DhcpPacket any = DhcpCodecTest.packet(options.build(), "", "");
        return new DhcpPacket(
                false,
                0,
                1,
                0,
                true,
                any.ciaddr(),
                any.ciaddr(),
                any.ciaddr(),
                any.giaddr(),
                MacAddress.literal(mac),
                "",
                "",
                any.options());
    }

    private static DhcpPacket first(String capture) {
        return CapturedDhcp.of(capture).getFirst().packet();
    }
}
