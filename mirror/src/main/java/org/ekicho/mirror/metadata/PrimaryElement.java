package org.ekicho.mirror.metadata;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.RefusedException;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.location.CheckedPath;
import org.ekicho.mirror.location.Locations;
import org.ekicho.mirror.rpm.Changelog;
import org.ekicho.mirror.rpm.Dependency;
import org.ekicho.mirror.rpm.Evr;
import org.ekicho.mirror.rpm.PackageFile;
import org.ekicho.mirror.rpm.RpmPackage;
import org.ekicho.mirror.xml.Numbers;
import org.ekicho.mirror.xml.XmlCursor;
import org.jspecify.annotations.Nullable;

/// One `<package>` of primary.xml while it is read: its fields, and what is wrong with it.
final class PrimaryElement {
    /// Longest name, version, release, architecture, source or base address. A file name has 255 bytes at most, and all
    /// but the address become part of one.
    static final int MAX_WORD = 1000;
    /// Most dependencies of a package, and most of its files: rpm's own limit for an array in a header.
    static final int MAX_ITEMS = 1_048_576;

    /// How much of an element is read.
    enum Part {
        /// What planning needs.
        ENTRY,
        /// All of it.
        ALL
    }

    private final int ordinal;
    private final Part part;
    private String name = "";
    private String arch = "";
    private Evr evr = new Evr("0", "", "");
    private @Nullable Checksum pkgid;
    private @Nullable CheckedPath path;
    private Optional<String> base = Optional.empty();
    private RpmPackage.Sizes sizes = new RpmPackage.Sizes(0, 0, 0);
    private RpmPackage.Times times = new RpmPackage.Times(0, 0);
    private RpmPackage.HeaderRange header = new RpmPackage.HeaderRange(0, 0);
    private final Map<String, String> texts = new HashMap<>();
    private String sourceRpm = "";
    private final Map<Dependency.Kind, List<Dependency>> dependencies = new EnumMap<>(Dependency.Kind.class);
    private final List<PackageFile> files = new ArrayList<>();
    private @Nullable Refusal problem;

    private PrimaryElement(int ordinal, Part part) {
        this.ordinal = ordinal;
        this.part = part;
    }

    /// Reads the element that the cursor stands on, to its end.
    static PrimaryElement read(XmlCursor xml, int ordinal, Part part) throws IOException, RefusedException {
        PrimaryElement element = new PrimaryElement(ordinal, part);
        String type = xml.attributeOr("type", "rpm");
        if (!type.equals("rpm")) {
            element.reject(xml, MirrorReason.MALFORMED, "a package of type " + Refusal.quote(type));
        }
        int depth = xml.depth();
        while (xml.child(depth)) {
            element.child(xml);
        }
        element.complete(xml);
        return element;
    }

    int ordinal() {
        return ordinal;
    }

    /// What is wrong with the package; null when nothing is.
    @Nullable
    Refusal problem() {
        return problem;
    }

    /// The package for people, as far as it was read.
    String title() {
        if (name.isEmpty()) {
            return "package " + (ordinal + 1);
        }
        String title = name + "-" + evr + "." + arch;
        String quoted = Refusal.quote(title);
        return quoted.substring(1, quoted.length() - 1);
    }

    PackageEntry entry() {
        return new PackageEntry(
                ordinal, name, evr, arch, needed(pkgid), needed(path), base, sizes, times, sourceRpm, header);
    }

    RpmPackage rpm() {
        return new RpmPackage(
                name,
                evr,
                arch,
                needed(pkgid),
                new RpmPackage.Texts(
                        textOf("summary"),
                        textOf("description"),
                        textOf("packager"),
                        textOf("url"),
                        textOf("license"),
                        textOf("vendor"),
                        textOf("group"),
                        textOf("buildhost"),
                        sourceRpm),
                times,
                sizes,
                needed(path).text(),
                header,
                dependencies,
                files,
                List.<Changelog>of());
    }

    private static <T> T needed(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("asked for a package that has a problem");
        }
        return value;
    }

    private String textOf(String element) {
        return texts.getOrDefault(element, "");
    }

    /// The first problem stands; what was wrong is read as nothing.
    private void reject(XmlCursor xml, MirrorReason reason, String detail) {
        problem = problem == null ? xml.refusal(reason, detail).refusal() : problem;
    }

    private void child(XmlCursor xml) throws IOException, RefusedException {
        switch (xml.name()) {
            case "name" -> name = word(xml, "name", xml.text().strip());
            case "arch" -> arch = word(xml, "architecture", xml.text().strip());
            case "version" ->
                evr = new Evr(
                        epoch(xml),
                        word(xml, "version", xml.attributeOr("ver", "")),
                        word(xml, "release", xml.attributeOr("rel", "")));
            case "checksum" -> checksum(xml);
            case "time" -> times = new RpmPackage.Times(seconds(xml, "file"), seconds(xml, "build"));
            case "size" ->
                sizes = new RpmPackage.Sizes(bytes(xml, "package"), bytes(xml, "installed"), bytes(xml, "archive"));
            case "location" -> location(xml);
            case "format" -> format(xml);
            case "summary", "description", "packager", "url" -> keepText(xml);
            default -> {}
        }
    }

    private void format(XmlCursor xml) throws IOException, RefusedException {
        int depth = xml.depth();
        while (xml.child(depth)) {
            switch (xml.name()) {
                case "sourcerpm" ->
                    sourceRpm = word(xml, "source package", xml.text().strip());
                case "header-range" -> header = new RpmPackage.HeaderRange(bytes(xml, "start"), bytes(xml, "end"));
                case "license", "vendor", "group", "buildhost" -> keepText(xml);
                case "provides" -> dependencies(xml, Dependency.Kind.PROVIDES);
                case "requires" -> dependencies(xml, Dependency.Kind.REQUIRES);
                case "conflicts" -> dependencies(xml, Dependency.Kind.CONFLICTS);
                case "obsoletes" -> dependencies(xml, Dependency.Kind.OBSOLETES);
                case "suggests" -> dependencies(xml, Dependency.Kind.SUGGESTS);
                case "enhances" -> dependencies(xml, Dependency.Kind.ENHANCES);
                case "recommends" -> dependencies(xml, Dependency.Kind.RECOMMENDS);
                case "supplements" -> dependencies(xml, Dependency.Kind.SUPPLEMENTS);
                case "file" -> file(xml);
                default -> {}
            }
        }
    }

    private void keepText(XmlCursor xml) throws IOException, RefusedException {
        if (part == Part.ALL) {
            texts.put(xml.name(), xml.text());
        }
    }

    private void checksum(XmlCursor xml) throws IOException, RefusedException {
        String type = xml.attributeOr("type", "");
        String digits = xml.text();
        Optional<Checksum> parsed = Checksum.parse(type, digits);
        if (parsed.isEmpty()) {
            reject(
                    xml,
                    MirrorReason.MALFORMED,
                    "no checksum that can be checked: " + Refusal.quote(type) + " " + Refusal.quote(digits));
        }
        pkgid = parsed.orElse(null);
    }

    private void location(XmlCursor xml) {
        base = Optional.ofNullable(xml.attribute("base")).map(text -> word(xml, "base address", text));
        switch (Locations.check(xml.attributeOr("href", ""))) {
            case Reading.Done<CheckedPath>(CheckedPath good) -> path = good;
            case Reading.Refused<CheckedPath>(Refusal bad) -> reject(xml, bad.reason(), bad.detail());
        }
    }

    private void dependencies(XmlCursor xml, Dependency.Kind kind) throws IOException, RefusedException {
        if (part != Part.ALL) {
            return;
        }
        List<Dependency> list = dependencies.computeIfAbsent(kind, none -> new ArrayList<>());
        int depth = xml.depth();
        while (xml.child(depth)) {
            if (!xml.name().equals("entry")) {
                continue;
            }
            list.add(DependencyElement.read(xml));
            if (list.size() > MAX_ITEMS) {
                throw xml.refusal(MirrorReason.TOO_LARGE, title() + " has more than " + MAX_ITEMS + " dependencies");
            }
        }
    }

    private void file(XmlCursor xml) throws IOException, RefusedException {
        if (part != Part.ALL) {
            return;
        }
        files.add(FilesReader.file(xml));
        if (files.size() > MAX_ITEMS) {
            throw xml.refusal(MirrorReason.TOO_LARGE, title() + " has more than " + MAX_ITEMS + " files");
        }
    }

    private String epoch(XmlCursor xml) {
        String epoch = xml.attributeOr("epoch", "0").strip();
        if (Numbers.parse(epoch.isEmpty() ? "0" : epoch, -1) < 0) {
            reject(xml, MirrorReason.MALFORMED, "epoch " + Refusal.quote(epoch) + " is no number");
            return "0";
        }
        return epoch.isEmpty() ? "0" : epoch;
    }

    private String word(XmlCursor xml, String what, String text) {
        if (text.length() > MAX_WORD) {
            reject(xml, MirrorReason.TOO_LARGE, "its " + what + " has more than " + MAX_WORD + " letters");
            return "";
        }
        return text;
    }

    /// A number of bytes; 0 when absent.
    private long bytes(XmlCursor xml, String attribute) {
        String text = xml.attribute(attribute);
        if (text == null || text.isEmpty()) {
            return 0;
        }
        long value = Numbers.parse(text, -1);
        if (value < 0 || value > Numbers.MAX_BYTES) {
            reject(xml, MirrorReason.MALFORMED, attribute + "=" + Refusal.quote(text) + " is no number of bytes");
            return 0;
        }
        return value;
    }

    /// Seconds since 1970; 0 when absent or not a time, which harms nobody.
    private long seconds(XmlCursor xml, String attribute) {
        return Math.clamp(Numbers.parse(xml.attributeOr(attribute, "0"), 0), 0, Numbers.MAX_SECONDS);
    }

    /// Finds what is missing when the whole element was read.
    private void complete(XmlCursor xml) {
        String missing = name.isEmpty()
                ? "name"
                : arch.isEmpty()
                        ? "architecture"
                        : evr.version().isEmpty() || evr.release().isEmpty()
                                ? "version or release"
                                : pkgid == null ? "checksum" : path == null ? "location" : "";
        if (!missing.isEmpty()) {
            reject(xml, MirrorReason.MALFORMED, "it has no " + missing);
        }
        if (header.end() < header.start()) {
            reject(xml, MirrorReason.MALFORMED, "its header ends before it begins");
        }
    }
}
