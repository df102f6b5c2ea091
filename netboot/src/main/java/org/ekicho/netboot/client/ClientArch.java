package org.ekicho.netboot.client;

import java.util.List;
import java.util.Optional;

/// The kind of machine and firmware that a boot program must be made for: DHCP option 93 (RFC 4578 §2.1, IANA
/// "Processor Architecture Types"). Codes without a name here are values too.
///
/// @param code 0..65535
public record ClientArch(int code) {
    public static final ClientArch BIOS = new ClientArch(0);
    public static final ClientArch EFI_IA32 = new ClientArch(6);
    public static final ClientArch EFI_X64 = new ClientArch(7);
    /// Byte code; some x64 firmware says this and means [#EFI_X64].
    public static final ClientArch EFI_BC = new ClientArch(9);
    public static final ClientArch EFI_ARM32 = new ClientArch(10);
    public static final ClientArch EFI_ARM64 = new ClientArch(11);
    public static final ClientArch HTTP_IA32 = new ClientArch(15);
    public static final ClientArch HTTP_X64 = new ClientArch(16);
    public static final ClientArch HTTP_ARM32 = new ClientArch(18);
    public static final ClientArch HTTP_ARM64 = new ClientArch(19);
    public static final ClientArch HTTP_BIOS = new ClientArch(20);
    public static final ClientArch EFI_RISCV64 = new ClientArch(27);
    public static final ClientArch HTTP_RISCV64 = new ClientArch(28);

    private record Named(ClientArch arch, String name, String words, boolean http) {}

    private static final List<Named> NAMES = List.of(
            new Named(BIOS, "bios", "x86 BIOS", false),
            new Named(EFI_IA32, "efi-ia32", "32-bit x86 UEFI", false),
            new Named(EFI_X64, "efi-x64", "x64 UEFI", false),
            new Named(EFI_BC, "efi-bc", "UEFI byte code", false),
            new Named(EFI_ARM32, "efi-arm32", "32-bit ARM UEFI", false),
            new Named(EFI_ARM64, "efi-arm64", "64-bit ARM UEFI", false),
            new Named(HTTP_IA32, "http-ia32", "32-bit x86 UEFI, HTTP Boot", true),
            new Named(HTTP_X64, "http-x64", "x64 UEFI, HTTP Boot", true),
            new Named(HTTP_ARM32, "http-arm32", "32-bit ARM UEFI, HTTP Boot", true),
            new Named(HTTP_ARM64, "http-arm64", "64-bit ARM UEFI, HTTP Boot", true),
            new Named(HTTP_BIOS, "http-bios", "x86 BIOS, HTTP Boot", true),
            new Named(EFI_RISCV64, "efi-riscv64", "64-bit RISC-V UEFI", false),
            new Named(HTTP_RISCV64, "http-riscv64", "64-bit RISC-V UEFI, HTTP Boot", true));

    public ClientArch {
        if (code < 0 || code > 0xffff) {
            throw new IllegalArgumentException("an architecture code is 0..65535, not " + code);
        }
    }

    /// Reads a name (`efi-x64`) or a code (`7`).
    public static Optional<ClientArch> parse(String text) {
        for (Named named : NAMES) {
            if (named.name().equals(text)) return Optional.of(named.arch());
        }
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 0xffff
                ? Optional.of(new ClientArch(Integer.parseInt(text)))
                : Optional.empty();
    }

    /// The names that [#parse] reads, in the order of their codes.
    public static List<String> names() {
        return NAMES.stream().map(Named::name).toList();
    }

    /// True when the firmware loads by HTTP itself.
    public boolean isHttp() {
        return named().map(Named::http).orElse(false);
    }

    /// True for every UEFI of this list.
    public boolean isUefi() {
        return named().isPresent() && !equals(BIOS) && !equals(HTTP_BIOS);
    }

    /// The architecture of the program that it needs, whatever the way it loads: HTTP Boot's codes become the plain
    /// ones, byte code becomes x64.
    public ClientArch program() {
        return switch (code) {
            case 9, 16 -> EFI_X64;
            case 15 -> EFI_IA32;
            case 18 -> EFI_ARM32;
            case 19 -> EFI_ARM64;
            case 20 -> BIOS;
            case 28 -> EFI_RISCV64;
            default -> this;
        };
    }

    /// In words: `x64 UEFI`.
    public String words() {
        return named().map(Named::words).orElse("architecture " + code);
    }

    private Optional<Named> named() {
        return NAMES.stream().filter(named -> named.arch().equals(this)).findFirst();
    }

    /// The short name, or the code of one without a name: `efi-x64`, `arch-41`.
    @Override
    public String toString() {
        return named().map(Named::name).orElse("arch-" + code);
    }
}
