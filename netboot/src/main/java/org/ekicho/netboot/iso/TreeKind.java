package org.ekicho.netboot.iso;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ekicho.netboot.answer.AnswerLanguage;
import org.ekicho.netboot.media.install.InstallerEra;
import org.jspecify.annotations.Nullable;

/// What an installation tree is and how it is started.
///
/// @param name    as the tree calls itself: `Rocky Linux`, `Debian GNU/Linux`
/// @param version `9.4`; empty when the tree does not say
/// @param arch    `x86_64`, `amd64` …, as the tree says it
/// @param kernel  path in the tree
/// @param initrd  path in the tree
/// @param stage2  the installer's own system, where it is a file of the tree
/// @param caution what an admin should know before using it
public record TreeKind(
        String name,
        String version,
        String arch,
        String kernel,
        String initrd,
        Optional<String> stage2,
        AnswerLanguage answers,
        InstallerEra era,
        Optional<String> caution) {
    private static final List<String> ARCHES = List.of(
            "x86_64", "amd64", "aarch64", "arm64", "i386", "i586", "i686", "ppc64le", "ppc64el", "s390x", "riscv64");
    /// `Debian GNU/Linux 12.5.0 "Bookworm" - Official amd64 DVD Binary-1 …`
    private static final Pattern DISK_INFO = Pattern.compile("^(\\D*?)[ -]*(\\d[\\w.]*)?( LTS)? *(\".*)?$");

    private static final Pattern MAJOR = Pattern.compile("\\d{1,6}");

    /// Recognises a tree; empty when it is none that we know.
    public static Optional<TreeKind> of(TreeSigns signs) {
        return suse(signs)
                .or(() -> byTreeInfo(signs))
                .or(() -> ubuntu(signs))
                .or(() -> debianNetboot(signs))
                .or(() -> debianDisc(signs))
                .or(() -> byDiscInfo(signs));
    }

    /// The name and version for people: `Rocky Linux 9.4 x86_64`.
    public String words() {
        return (name + " " + version).strip() + " " + arch;
    }

    private static Optional<TreeKind> byTreeInfo(TreeSigns signs) {
        if (signs.treeInfo().isEmpty()) return Optional.empty();
        String name = first(signs, "release.name", "general.family", "general.name");
        String version = first(signs, "release.version", "general.version");
        String arch = first(signs, "tree.arch", "general.arch");
        if (name.isEmpty() || arch.isEmpty()) return Optional.empty();
        return anaconda(signs, name, version, arch);
    }

    /// `.discinfo`: when it was made, `CentOS 5.11`, `x86_64`.
    private static Optional<TreeKind> byDiscInfo(TreeSigns signs) {
        if (signs.discInfo().size() < 3) return Optional.empty();
        String release = signs.discInfo().get(1).strip();
        String arch = signs.discInfo().get(2).strip();
        Matcher words = Pattern.compile("^(.*?)[ -]*(\\d[\\w.]*)?$").matcher(release);
        if (!words.matches() || !ARCHES.contains(arch)) return Optional.empty();
        return anaconda(signs, words.group(1), text(words.group(2)), arch);
    }

    private static Optional<TreeKind> anaconda(TreeSigns signs, String name, String version, String arch) {
        String images = "images-" + arch + ".";
        String kernel = signs.treeInfo().getOrDefault(images + "kernel", "images/pxeboot/vmlinuz");
        String initrd = signs.treeInfo().getOrDefault(images + "initrd", "images/pxeboot/initrd.img");
        if (!isSound(kernel) || !isSound(initrd)) return Optional.empty();
        Optional<String> stage2 = Optional.ofNullable(signs.treeInfo().get("stage2.mainimage"))
                .filter(TreeKind::isSound)
                .or(() -> signs.firstOf(List.of("images/install.img", "images/stage2.img", "LiveOS/squashfs.img")));
        return Optional.of(new TreeKind(
                name,
                version,
                arch,
                kernel,
                initrd,
                stage2,
                AnswerLanguage.KICKSTART,
                anacondaEra(name, version),
                missing(signs, kernel, initrd)));
    }

    private static InstallerEra anacondaEra(String name, String version) {
        int major = major(version);
        boolean fedora = name.startsWith("Fedora");
        int oldest6 = fedora ? 9 : 6;
        int oldest7 = fedora ? 17 : 7;
        if (major < 0 || major >= oldest7) return InstallerEra.ANACONDA_7;
        return major >= oldest6 ? InstallerEra.ANACONDA_6 : InstallerEra.ANACONDA_5;
    }

    private static Optional<TreeKind> ubuntu(TreeSigns signs) {
        Optional<String> initrd = signs.firstOf(List.of("casper/initrd", "casper/initrd.gz", "casper/initrd.lz"));
        if (initrd.isEmpty() || !signs.has().test("casper/vmlinuz")) return Optional.empty();
        String info = signs.diskInfo().orElse("Ubuntu");
        return Optional.of(new TreeKind(
                infoName(info),
                infoVersion(info),
                infoArch(info),
                "casper/vmlinuz",
                initrd.get(),
                Optional.empty(),
                AnswerLanguage.AUTOINSTALL,
                InstallerEra.UBUNTU,
                Optional.of("it loads the whole ISO into memory: the machine needs the ISO's size and 2 GB more")));
    }

    /// What `debian-installer-*-netboot-*` and `netboot.tar.gz` bring: made for the network.
    private static Optional<TreeKind> debianNetboot(TreeSigns signs) {
        for (String arch : List.of("amd64", "arm64", "i386", "ppc64el", "riscv64", "s390x", "armhf")) {
            for (String family : List.of("debian", "ubuntu")) {
                for (String prefix : List.of("", "netboot/", "install/netboot/")) {
                    String folder = prefix + family + "-installer/" + arch + "/";
                    String kernel = folder + "linux";
                    String initrd = folder + "initrd.gz";
                    if (signs.has().test(kernel) && signs.has().test(initrd)) {
                        return Optional.of(debian(signs, arch, kernel, initrd, Optional.empty()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<TreeKind> debianDisc(TreeSigns signs) {
        if (!signs.diskInfo().orElse("").contains("Debian")) return Optional.empty();
        Optional<String> folder = signs.firstOf(
                        List.of("install.amd/vmlinuz", "install.386/vmlinuz", "install.a64/vmlinuz", "install/vmlinuz"))
                .map(kernel -> kernel.substring(0, kernel.indexOf('/') + 1));
        return folder.map(at -> debian(
                signs,
                infoArch(signs.diskInfo().orElse("")),
                at + "vmlinuz",
                at + "initrd.gz",
                Optional.of("its kernel and initial RAM disk install from the disc only; for the network take those of"
                        + " debian-installer-*-netboot-* or netboot.tar.gz")));
    }

    private static TreeKind debian(
            TreeSigns signs, String arch, String kernel, String initrd, Optional<String> caution) {
        String info = signs.diskInfo().orElse("Debian GNU/Linux");
        return new TreeKind(
                infoName(info),
                infoVersion(info),
                arch,
                kernel,
                initrd,
                Optional.empty(),
                AnswerLanguage.PRESEED,
                InstallerEra.DEBIAN,
                caution);
    }

    /// `media.1/products`: `/ openSUSE-Leap 15.5-1`.
    private static Optional<TreeKind> suse(TreeSigns signs) {
        String release = first(signs, "release.name", "general.family");
        String products =
                signs.products().orElse(release.toLowerCase(Locale.ROOT).contains("suse") ? release : "");
        if (products.isEmpty()) return Optional.empty();
        for (String arch : List.of("x86_64", "aarch64", "ppc64le", "s390x", "i386", "i586")) {
            String kernel = "boot/" + arch + "/loader/linux";
            if (!signs.has().test(kernel)) continue;
            Matcher words = Pattern.compile("^/? *(\\S.*?)[ -]+(\\d[\\w.]*)").matcher(products);
            String name = words.find() ? words.group(1) : products.strip();
            String version = name.equals(products.strip()) ? first(signs, "release.version") : words.group(2);
            boolean agama = signs.has().test("LiveOS/squashfs.img");
            return Optional.of(new TreeKind(
                    name,
                    version,
                    arch,
                    kernel,
                    "boot/" + arch + "/loader/initrd",
                    signs.firstOf(List.of("LiveOS/squashfs.img", "boot/" + arch + "/root")),
                    agama ? AnswerLanguage.AGAMA : AnswerLanguage.AUTOYAST,
                    agama ? InstallerEra.AGAMA : InstallerEra.SUSE,
                    Optional.empty()));
        }
        return Optional.empty();
    }

    private static Optional<String> missing(TreeSigns signs, String kernel, String initrd) {
        for (String path : List.of(kernel, initrd)) {
            if (!signs.has().test(path)) return Optional.of("its " + path + " is not there");
        }
        return Optional.empty();
    }

    private static String first(TreeSigns signs, String... keys) {
        for (String key : keys) {
            String value = signs.treeInfo().getOrDefault(key, "").strip();
            if (!value.isEmpty()) return value;
        }
        return "";
    }

    private static boolean isSound(String path) {
        return path.matches("[A-Za-z0-9._+-]+(/[A-Za-z0-9._+-]+)*")
                && List.of(path.split("/", -1)).stream().noneMatch(part -> part.equals("..") || part.equals("."));
    }

    private static int major(String version) {
        Matcher digits = MAJOR.matcher(version);
        return digits.find() ? Integer.parseInt(digits.group()) : -1;
    }

    private static String infoName(String info) {
        Matcher words = DISK_INFO.matcher(firstLine(info));
        return words.matches() ? words.group(1).strip() : firstLine(info);
    }

    private static String infoVersion(String info) {
        Matcher words = DISK_INFO.matcher(firstLine(info));
        return words.matches() ? text(words.group(2)) : "";
    }

    private static String infoArch(String info) {
        return List.of(firstLine(info).split("[ ,]+")).stream()
                .filter(ARCHES::contains)
                .findFirst()
                .orElse("");
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }

    private static String text(@Nullable String group) {
        return group == null ? "" : group;
    }
}
