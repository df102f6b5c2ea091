package org.ekicho.netboot.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ClientArchTest {
    @Test
    void every_name_is_read_back() {
        for (String name : ClientArch.names()) {
            assertThat(ClientArch.parse(name)).map(ClientArch::toString).contains(name);
        }
    }

    @Test
    void a_code_without_a_name_is_a_value() {
        assertThat(ClientArch.parse("41")).contains(new ClientArch(41));
        assertThat(new ClientArch(41)).hasToString("arch-41");
        assertThat(ClientArch.parse("65536")).isEmpty();
        assertThat(ClientArch.parse("efi-x65")).isEmpty();
    }

    @Test
    void http_boot_and_byte_code_need_the_plain_program() {
        assertThat(ClientArch.HTTP_X64.program()).isEqualTo(ClientArch.EFI_X64);
        assertThat(ClientArch.EFI_BC.program()).isEqualTo(ClientArch.EFI_X64);
        assertThat(ClientArch.HTTP_BIOS.program()).isEqualTo(ClientArch.BIOS);
        assertThat(ClientArch.EFI_ARM64.program()).isEqualTo(ClientArch.EFI_ARM64);
    }

    @Test
    void bios_is_no_uefi_whatever_the_way() {
        assertThat(ClientArch.BIOS.isUefi()).isFalse();
        assertThat(ClientArch.HTTP_BIOS.isUefi()).isFalse();
        assertThat(ClientArch.HTTP_BIOS.isHttp()).isTrue();
        assertThat(ClientArch.EFI_RISCV64.isUefi()).isTrue();
    }
}
