package org.ekicho.mirror.repodata;

import static org.ekicho.mirror.repodata.XmlBuffer.ascii;

import java.util.List;
import java.util.Optional;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.rpm.Changelog;
import org.ekicho.mirror.rpm.Dependency;
import org.ekicho.mirror.rpm.Evr;
import org.ekicho.mirror.rpm.PackageFile;
import org.ekicho.mirror.rpm.RpmPackage;

/// Writes the `<package>` element of one package for each metadata file: the same text as createrepo_c 0.17 and later
/// write, so that old and new metadata can be compared with `diff`.
public final class PackageXml {
    private static final byte[] END_TAG = ascii("\"/>\n");
    private static final byte[] END_PACKAGE = ascii("</package>\n");
    private static final byte[] VERSION = ascii("  <version epoch=\"");
    private static final byte[] VER = ascii("\" ver=\"");
    private static final byte[] REL = ascii("\" rel=\"");
    private static final byte[] FILE_4 = ascii("    <file");
    private static final byte[] FILE_2 = ascii("  <file");
    private static final byte[] DIR = ascii(" type=\"dir\"");
    private static final byte[] GHOST = ascii(" type=\"ghost\"");
    private static final byte[] HASH = ascii(" hash=\"");
    private static final byte[] QUOTE = ascii("\"");
    private static final byte[] CLOSE = ascii(">");
    private static final byte[] END_FILE = ascii("</file>\n");
    private static final byte[] ENTRY = ascii("      <rpm:entry name=\"");
    private static final byte[] FLAGS = ascii("\" flags=\"");
    private static final byte[] EPOCH = ascii("\" epoch=\"");
    private static final byte[] PRE = ascii("\" pre=\"1");
    private static final byte[] CHANGELOG = ascii("  <changelog author=\"");
    private static final byte[] DATE = ascii("\" date=\"");
    private static final byte[] END_DATE = ascii("\">");
    private static final byte[] END_CHANGELOG = ascii("</changelog>\n");

    private PackageXml() {}

    /// Appends the package for primary.xml.
    public static void primary(RpmPackage rpm, XmlBuffer out) {
        out.raw(ascii("<package type=\"rpm\">\n"));
        element(out, "  ", "name", rpm.name());
        element(out, "  ", "arch", rpm.arch());
        version(out, rpm.evr());
        out.raw(ascii("  <checksum type=\"" + rpm.pkgid().type().word() + "\" pkgid=\"YES\">"))
                .text(rpm.pkgid().hex())
                .raw(ascii("</checksum>\n"));
        element(out, "  ", "summary", rpm.texts().summary());
        element(out, "  ", "description", rpm.texts().description());
        element(out, "  ", "packager", rpm.texts().packager());
        element(out, "  ", "url", rpm.texts().url());
        out.raw(ascii("  <time file=\"")).number(rpm.times().file());
        out.raw(ascii("\" build=\"")).number(rpm.times().build()).raw(END_TAG);
        out.raw(ascii("  <size package=\"")).number(rpm.sizes().packageFile());
        out.raw(ascii("\" installed=\"")).number(rpm.sizes().installed());
        out.raw(ascii("\" archive=\"")).number(rpm.sizes().archive()).raw(END_TAG);
        out.raw(ascii("  <location href=\"")).attribute(rpm.location()).raw(END_TAG);
        format(rpm, out);
        out.raw(END_PACKAGE);
    }

    private static void format(RpmPackage rpm, XmlBuffer out) {
        out.raw(ascii("  <format>\n"));
        element(out, "    ", "rpm:license", rpm.texts().license());
        element(out, "    ", "rpm:vendor", rpm.texts().vendor());
        element(out, "    ", "rpm:group", rpm.texts().group());
        element(out, "    ", "rpm:buildhost", rpm.texts().buildHost());
        element(out, "    ", "rpm:sourcerpm", rpm.texts().sourceRpm());
        out.raw(ascii("    <rpm:header-range start=\"")).number(rpm.header().start());
        out.raw(ascii("\" end=\"")).number(rpm.header().end()).raw(END_TAG);
        for (Dependency.Kind kind : Dependency.Kind.values()) {
            dependencies(out, kind, rpm.of(kind));
        }
        for (PackageFile file : rpm.files()) {
            if (file.isPrimary()) file(out, FILE_4, file, Optional.empty());
        }
        out.raw(ascii("  </format>\n"));
    }

    /// Appends the package for filelists.xml.
    public static void filelists(RpmPackage rpm, XmlBuffer out) {
        identity(out, rpm);
        for (PackageFile file : rpm.files()) {
            file(out, FILE_2, file, Optional.empty());
        }
        out.raw(END_PACKAGE);
    }

    /// Appends the package for filelists-ext.xml: the same with the digests of its files, where it has any.
    public static void filelistsExt(RpmPackage rpm, XmlBuffer out) {
        identity(out, rpm);
        rpm.files().stream()
                .flatMap(file -> file.checksum().stream())
                .findFirst()
                .ifPresent(any -> out.raw(ascii("  <checksum type=\""))
                        .attribute(any.type().word())
                        .raw(END_TAG));
        for (PackageFile file : rpm.files()) {
            file(out, FILE_2, file, file.checksum());
        }
        out.raw(END_PACKAGE);
    }

    /// Appends the package for other.xml.
    public static void other(RpmPackage rpm, XmlBuffer out) {
        identity(out, rpm);
        for (Changelog entry : rpm.changelogs()) {
            out.raw(CHANGELOG).attribute(entry.author()).raw(DATE).number(entry.time());
            out.raw(END_DATE).text(entry.text()).raw(END_CHANGELOG);
        }
        out.raw(END_PACKAGE);
    }

    private static void identity(XmlBuffer out, RpmPackage rpm) {
        out.raw(ascii("<package pkgid=\"")).attribute(rpm.pkgid().hex());
        out.raw(ascii("\" name=\"")).attribute(rpm.name());
        out.raw(ascii("\" arch=\"")).attribute(rpm.arch()).raw(ascii("\">\n"));
        version(out, rpm.evr());
    }

    private static void version(XmlBuffer out, Evr evr) {
        out.raw(VERSION).attribute(evr.epoch());
        out.raw(VER).attribute(evr.version());
        out.raw(REL).attribute(evr.release()).raw(END_TAG);
    }

    private static void element(XmlBuffer out, String indent, String name, String text) {
        out.raw(ascii(indent + "<" + name + ">")).text(text).raw(ascii("</" + name + ">\n"));
    }

    private static void dependencies(XmlBuffer out, Dependency.Kind kind, List<Dependency> list) {
        if (list.isEmpty()) return;
        String name = "rpm:" + kind.word();
        out.raw(ascii("    <" + name + ">\n"));
        for (Dependency dependency : list) {
            out.raw(ENTRY).attribute(dependency.name());
            dependency.range().ifPresent(range -> range(out, range));
            if (dependency.pre()) out.raw(PRE);
            out.raw(END_TAG);
        }
        out.raw(ascii("    </" + name + ">\n"));
    }

    private static void range(XmlBuffer out, Dependency.Range range) {
        out.raw(FLAGS).attribute(range.sense().name());
        if (!range.epoch().isEmpty()) out.raw(EPOCH).attribute(range.epoch());
        if (!range.version().isEmpty()) out.raw(VER).attribute(range.version());
        if (!range.release().isEmpty()) out.raw(REL).attribute(range.release());
    }

    private static void file(XmlBuffer out, byte[] start, PackageFile file, Optional<Checksum> hash) {
        out.raw(start);
        switch (file.kind()) {
            case FILE -> {}
            case DIR -> out.raw(DIR);
            case GHOST -> out.raw(GHOST);
        }
        if (hash.isPresent()) out.raw(HASH).attribute(hash.get().hex()).raw(QUOTE);
        out.raw(CLOSE).text(file.path()).raw(END_FILE);
    }
}
