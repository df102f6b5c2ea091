package org.ekicho.netboot.advice;

import static org.assertj.core.api.Assertions.assertThat;

import org.ekicho.netboot.advice.BootAdvice.Server;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BootAdviceTest {
    private static final BootAdvice.Targets TARGETS = new BootAdvice.Targets(
            IpAddress.literal("192.168.55.1"),
            "http://192.168.55.1:8069/boot/script.ipxe",
            "ipxe/undionly.kpxe",
            "ipxe/snponly.efi",
            "http://192.168.55.1:8069/boot/loader/ipxe/snponly.efi");

    @ParameterizedTest
    @EnumSource
    void every_server_is_told_loader_script_and_address_and_no_place_is_left_open(Server server) {
        String text = BootAdvice.text(server, TARGETS);
        assertThat(text)
                .contains(TARGETS.script(), TARGETS.bios(), TARGETS.uefi(), "192.168.55.1")
                .doesNotContain("@");
        assertThat(Server.parse(server.toString())).contains(server);
    }

    @Test
    void ipxe_never_gets_itself_again() {
        assertThat(BootAdvice.text(Server.DNSMASQ, TARGETS))
                .contains("dhcp-boot=tag:!ipxe,tag:bios,ipxe/undionly.kpxe,,192.168.55.1");
    }
}
