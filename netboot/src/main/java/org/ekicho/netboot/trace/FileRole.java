package org.ekicho.netboot.trace;

import java.util.List;
import java.util.Locale;

/// What a file is to a boot, told from its name.
public enum FileRole {
    /// Shim, GRUB, iPXE, pxelinux.
    LOADER,
    /// What a loader reads to know what to do.
    SCRIPT,
    KERNEL,
    INITRD,
    /// `.treeinfo` and the installer's own system.
    SOURCE,
    /// Kickstart, preseed, autoinstall, AutoYaST.
    ANSWER,
    /// Packages and the indexes of repositories.
    PACKAGES,
    OTHER;

    private static final List<String> SOURCES = List.of(
            ".treeinfo",
            "treeinfo",
            ".discinfo",
            "install.img",
            "stage2.img",
            "minstg2.img",
            "squashfs.img",
            "updates.img",
            "product.img");
    private static final List<String> ANSWERS =
            List.of("user-data", "meta-data", "vendor-data", "autoinst.xml", "rules.xml", "network-config");

    /// The role of a path or file name; its query, its case and the direction of its slashes do not count.
    public static FileRole of(String path) {
        String plain = plain(path);
        String name = plain.substring(plain.lastIndexOf('/') + 1);
        if (SOURCES.contains(name)) return SOURCE;
        if (ANSWERS.contains(name)
                || name.endsWith(".ks")
                || name.contains("preseed")
                || name.contains("kickstart")
                || plain.contains("/answer/")
                || name.equals("ks")
                || name.equals("ks.cfg")) return ANSWER;
        if (isScript(plain, name)) return SCRIPT;
        if (name.endsWith(".efi")
                || name.endsWith(".kpxe")
                || name.endsWith(".pxe")
                || name.endsWith(".0")
                || name.endsWith(".c32")
                || name.endsWith(".mod")
                || name.endsWith(".lst")) return LOADER;
        if (name.startsWith("initrd") || name.startsWith("initramfs")) return INITRD;
        if (name.startsWith("vmlinu")
                || name.startsWith("bzimage")
                || name.equals("linux")
                || name.equals("linux64")
                || name.equals("kernel")) return KERNEL;
        if (name.endsWith(".rpm")
                || name.endsWith(".deb")
                || name.endsWith(".udeb")
                || plain.contains("/repodata/")
                || plain.contains("/dists/")
                || plain.contains("/pool/")) return PACKAGES;
        return OTHER;
    }

    private static boolean isScript(String plain, String name) {
        return name.endsWith(".ipxe")
                || name.startsWith("grub.cfg")
                || plain.contains("pxelinux.cfg/")
                || (name.endsWith(".cfg") && plain.contains("grub"));
    }

    /// True for a file that loaders and installers always ask for and mostly do not find: a miss means nothing.
    public static boolean mayBeMissing(String path) {
        String plain = plain(path);
        String name = plain.substring(plain.lastIndexOf('/') + 1);
        return plain.contains("pxelinux.cfg/")
                || name.startsWith("grub.cfg")
                || name.endsWith(".lst")
                || name.endsWith(".mod")
                || name.startsWith("revocations")
                || name.startsWith("shim_certificate")
                || name.equals("updates.img")
                || name.equals("product.img")
                || name.equals("autoexec.ipxe")
                || name.equals(".discinfo")
                || name.equals("vendor-data")
                || name.equals("network-config")
                || name.equals("ldlinux.c32")
                || name.equals("boot.cat")
                || name.endsWith(".sig")
                || name.startsWith("mmx64")
                || name.startsWith("fbx64")
                || plain.contains("/i18n/")
                // Debian's installer looks which suites a mirror has.
                || plain.matches(".*/dists/(oldstable|stable|testing|unstable)/release");
    }

    private static String plain(String path) {
        String slashes = path.replace('\\', '/').toLowerCase(Locale.ROOT);
        int query = slashes.indexOf('?');
        return query < 0 ? slashes : slashes.substring(0, query);
    }
}
