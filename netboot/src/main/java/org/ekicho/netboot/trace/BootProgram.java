package org.ekicho.netboot.trace;

import java.util.Optional;
import org.ekicho.netboot.client.ClientArch;

/// What a boot program is made for, read from its first bytes.
///
/// @param arch   architecture of an UEFI program; empty for a program without a PE header, which BIOS starts
/// @param signed whether it carries signatures: Secure Boot refuses one without
public record BootProgram(Optional<ClientArch> arch, boolean signed) {
    /// What BIOS ROMs start: pxelinux.0, undionly.kpxe.
    public static final BootProgram NOT_UEFI = new BootProgram(Optional.empty(), false);

    /// Bytes that hold the headers of every loader that was met; fewer will mostly do.
    public static final int HEAD = 1024;

    private static final int PE_OFFSET_AT = 0x3c;
    private static final int MAGIC_PE32_PLUS = 0x20b;

    /// Reads the beginning of a file (PE/COFF §3, §4.3); empty when it is too short to tell.
    public static Optional<BootProgram> read(byte[] head) {
        if (head.length < 2) return Optional.empty();
        if (head[0] != 'M' || head[1] != 'Z') return Optional.of(NOT_UEFI);
        if (head.length < PE_OFFSET_AT + 4) return Optional.empty();
        long pe = little(head, PE_OFFSET_AT, 4);
        if (pe > head.length - 26L) return Optional.empty();
        int at = (int) pe;
        if (little(head, at, 4) != 0x4550) return Optional.of(NOT_UEFI);
        Optional<ClientArch> arch = arch((int) little(head, at + 4, 2));
        boolean wide = little(head, at + 24, 2) == MAGIC_PE32_PLUS;
        int security = at + 24 + (wide ? 112 : 96) + 4 * 8;
        boolean signed = security + 8 <= head.length && little(head, security + 4, 4) > 0;
        return Optional.of(new BootProgram(arch, signed));
    }

    private static Optional<ClientArch> arch(int machine) {
        return switch (machine) {
            case 0x14c -> Optional.of(ClientArch.EFI_IA32);
            case 0x8664 -> Optional.of(ClientArch.EFI_X64);
            case 0x1c0, 0x1c2, 0x1c4 -> Optional.of(ClientArch.EFI_ARM32);
            case 0xaa64 -> Optional.of(ClientArch.EFI_ARM64);
            case 0x5064 -> Optional.of(ClientArch.EFI_RISCV64);
            default -> Optional.empty();
        };
    }

    private static long little(byte[] bytes, int at, int count) {
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = (value << 8) | (bytes[at + i] & 0xff);
        }
        return value;
    }

    /// In words: `a BIOS program`, `a program for x64 UEFI, signed`.
    public String words() {
        return arch.map(made -> "a program for " + made.words() + (signed ? ", signed" : ", not signed"))
                .orElse("a BIOS program");
    }
}
