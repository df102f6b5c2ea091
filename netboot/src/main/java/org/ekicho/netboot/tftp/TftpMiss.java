package org.ekicho.netboot.tftp;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a name that is not here was wanted for. Loaders try many names in passing; only a miss that stops a
/// boot is worth a person's attention. Names as asked by pxelinux 6, GRUB 2.06, shim 16, iPXE 1.21 and U-Boot.
public enum TftpMiss {
    PXELINUX_CONFIG("pxelinux looks for its configuration by UUID, MAC and ever shorter parts of the address", true),
    PXELINUX_LIBRARY("syslinux looks for a library in several places", true),
    GRUB_CONFIG("GRUB looks for its configuration by MAC and ever shorter parts of the address", true),
    GRUB_LIST("GRUB looks for lists of its modules, which are built in", true),
    GRUB_EXTRA("GRUB looks for a font, a translation or a theme that it can do without", true),
    SHIM_EXTRA("shim looks for revocations and certificates, which are optional", true),
    IPXE_SCRIPT("iPXE looks for autoexec.ipxe beside the program it was loaded from", true),
    UBOOT_CONFIG("U-Boot looks for a script or the machine's own names", true),
    RASPBERRY_PI("a Raspberry Pi looks for optional files, first in a folder with its serial number", true),
    WINDOWS_FONT("the Windows loader looks for an optional font or image", true),
    /// Nothing that anyone asks for in passing.
    NEEDED("the client needs this file", false);

    private record Shape(Pattern pattern, TftpMiss miss) {}

    /// In order of trial; matched against the plain name in lower case.
    private static final List<Shape> SHAPES = List.of(
            shape("(.*/)?pxelinux\\.cfg/[^/]+", PXELINUX_CONFIG),
            shape("(.*/)?boot\\.msg|(.*/)?lib(com32|util|gpl|menu|lua)\\.c32", PXELINUX_LIBRARY),
            shape("(.*/)?grub\\.cfg-[^/]+", GRUB_CONFIG),
            shape(
                    "(.*/)?[a-z0-9_]+-(efi|pc|emu|ieee1275|xen)/(command|fs|crypto|terminal|partmap|parttool|video)\\.lst",
                    GRUB_LIST),
            shape("(.*/)?(locale/[^/]+\\.g?mo|fonts?/[^/]+\\.pf2|[^/]+\\.pf2|themes?/.+)", GRUB_EXTRA),
            shape(
                    "(.*/)?(revocations[^/]*\\.efi|shim_certificate[^/]*\\.efi|(bootx64|bootaa64|boot[a-z0-9]*)\\.csv)",
                    SHIM_EXTRA),
            shape("(.*/)?autoexec\\.ipxe", IPXE_SCRIPT),
            shape("(.*/)?boot\\.scr(\\.uimg|-[^/]+)?|[0-9a-f]{8}\\.img", UBOOT_CONFIG),
            shape("[0-9a-f]{8}/start(4|_cd|4cd)?\\.elf|[0-9a-f]{8}/.+", RASPBERRY_PI),
            shape(
                    "(.*/)?(recovery\\.elf|recovery[0-9]\\.img|pieeprom\\.(sig|upd)|vl805\\.(sig|bin)|dt-blob\\.bin)",
                    RASPBERRY_PI),
            shape("(.*/)?(wgl4_boot\\.ttf|[a-z]+_boot\\.ttf|bootmgfw\\.efi\\.mui|hiberfil\\.sys)", WINDOWS_FONT));

    private final String sentence;
    private final boolean expected;

    TftpMiss(String sentence, boolean expected) {
        this.sentence = sentence;
        this.expected = expected;
    }

    private static Shape shape(String pattern, TftpMiss miss) {
        return new Shape(Pattern.compile(pattern), miss);
    }

    /// Grades a name in the form that [TftpNames#plain] gives.
    public static TftpMiss of(String plainName) {
        String name = plainName.toLowerCase(Locale.ROOT);
        for (Shape shape : SHAPES) {
            if (shape.pattern().matcher(name).matches()) return shape.miss();
        }
        return NEEDED;
    }

    public String sentence() {
        return sentence;
    }

    /// True when the loader goes on without the file.
    public boolean isExpected() {
        return expected;
    }

    public TftpReason reason() {
        return expected ? TftpReason.NOT_FOUND_EXPECTED : TftpReason.NOT_FOUND;
    }
}
