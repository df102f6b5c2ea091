package org.ekicho.mirror.repodata;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.RefusedException;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.location.CheckedPath;
import org.ekicho.mirror.location.Locations;
import org.ekicho.mirror.xml.Doctype;
import org.ekicho.mirror.xml.Numbers;
import org.ekicho.mirror.xml.XmlCursor;
import org.ekicho.mirror.xml.XmlLimits;

/// Reads repomd.xml. One bad record refuses the whole, because what it names decides all that follows.
public final class RepomdReader {
    /// Largest repomd.xml: real ones have 3 to 20 KB.
    public static final int MAX_BYTES = 4 << 20;
    /// Most records: real ones have 3 to 20.
    public static final int MAX_RECORDS = 200;
    /// Most words in `<tags>`.
    public static final int MAX_TAGS = 200;

    private RepomdReader() {}

    /// @throws IOException the stream's own
    public static Reading<Repomd> read(InputStream in) throws IOException {
        try {
            return new Reading.Done<>(document(XmlCursor.open(in, XmlLimits.DEFAULT, Doctype.REFUSED)));
        } catch (RefusedException e) {
            return new Reading.Refused<>(e.refusal());
        }
    }

    private static Repomd document(XmlCursor xml) throws IOException, RefusedException {
        xml.root("repomd");
        int depth = xml.depth();
        String revision = "";
        List<Repomd.Tag> tags = new ArrayList<>();
        List<RepomdRecord> records = new ArrayList<>();
        Set<String> types = new HashSet<>();
        Set<String> places = new HashSet<>();
        while (xml.child(depth)) {
            switch (xml.name()) {
                case "revision" -> revision = xml.text().strip();
                case "tags" -> tags(xml, tags);
                case "data" -> {
                    RepomdRecord record = data(xml);
                    if (!types.add(record.type())) {
                        throw xml.refusal(
                                MirrorReason.MALFORMED, "two records of type " + Refusal.quote(record.type()));
                    }
                    if (!places.add(record.location())) {
                        throw xml.refusal(MirrorReason.MALFORMED, "two records at " + Refusal.quote(record.location()));
                    }
                    records.add(record);
                    atMost(xml, records.size(), MAX_RECORDS, "records");
                }
                default -> {}
            }
        }
        return new Repomd(revision, tags, records);
    }

    private static void tags(XmlCursor xml, List<Repomd.Tag> tags) throws IOException, RefusedException {
        int depth = xml.depth();
        while (xml.child(depth)) {
            String kind = xml.name();
            Optional<String> cpeid = Optional.ofNullable(xml.attribute("cpeid"));
            if (kind.equals("content") || kind.equals("repo") || kind.equals("distro")) {
                tags.add(new Repomd.Tag(kind, xml.text(), cpeid));
                atMost(xml, tags.size(), MAX_TAGS, "tags");
            }
        }
    }

    private static RepomdRecord data(XmlCursor xml) throws IOException, RefusedException {
        int depth = xml.depth();
        String type = xml.needed("type");
        if (type.isBlank()) {
            throw xml.refusal(MirrorReason.MALFORMED, "a record without a type");
        }
        Optional<CheckedPath> location = Optional.empty();
        Optional<Checksum> checksum = Optional.empty();
        Optional<Checksum> open = Optional.empty();
        Optional<Checksum> header = Optional.empty();
        OptionalLong timestamp = OptionalLong.empty();
        OptionalLong size = OptionalLong.empty();
        OptionalLong openSize = OptionalLong.empty();
        OptionalLong headerSize = OptionalLong.empty();
        OptionalLong version = OptionalLong.empty();
        while (xml.child(depth)) {
            switch (xml.name()) {
                case "location" -> location = Optional.of(location(xml, type));
                case "checksum" -> checksum = Optional.of(checksum(xml, type));
                case "open-checksum" -> open = Optional.of(checksum(xml, type));
                case "header-checksum" -> header = Optional.of(checksum(xml, type));
                case "timestamp" -> timestamp = OptionalLong.of(Numbers.seconds(xml, xml.text()));
                case "size" -> size = OptionalLong.of(Numbers.bytes(xml, xml.text()));
                case "open-size" -> openSize = OptionalLong.of(Numbers.bytes(xml, xml.text()));
                case "header-size" -> headerSize = OptionalLong.of(Numbers.bytes(xml, xml.text()));
                case "database_version" -> version = OptionalLong.of(Numbers.bytes(xml, xml.text()));
                default -> {}
            }
        }
        if (location.isEmpty() || checksum.isEmpty()) {
            throw xml.refusal(
                    MirrorReason.MALFORMED,
                    "record " + Refusal.quote(type) + " has no " + (location.isEmpty() ? "location" : "checksum"));
        }
        return new RepomdRecord(
                type,
                location.get().text(),
                checksum.get(),
                open,
                header,
                timestamp.orElse(0),
                size,
                openSize,
                headerSize,
                version.isPresent() && version.getAsLong() <= Integer.MAX_VALUE
                        ? OptionalInt.of((int) version.getAsLong())
                        : OptionalInt.empty());
    }

    /// A record's base address (`xml:base`) would let one file name another server; no repository needs it.
    private static CheckedPath location(XmlCursor xml, String type) throws RefusedException {
        if (xml.attribute("base") != null) {
            throw xml.refusal(
                    MirrorReason.BAD_LOCATION,
                    "record " + Refusal.quote(type) + " has an address of its own (xml:base)");
        }
        Reading<CheckedPath> checked = Locations.check(xml.needed("href"), Locations.Use.METADATA);
        return switch (checked) {
            case Reading.Done<CheckedPath>(CheckedPath path) -> path;
            case Reading.Refused<CheckedPath>(Refusal refusal) ->
                throw xml.refusal(refusal.reason(), "record " + Refusal.quote(type) + ": " + refusal.detail());
        };
    }

    private static Checksum checksum(XmlCursor xml, String type) throws IOException, RefusedException {
        String word = xml.needed("type");
        String digits = xml.text();
        return Checksum.parse(word, digits)
                .orElseThrow(() -> xml.refusal(
                        MirrorReason.MALFORMED,
                        "record " + Refusal.quote(type) + " has no checksum that can be checked: " + Refusal.quote(word)
                                + " " + Refusal.quote(digits)));
    }

    private static void atMost(XmlCursor xml, int count, int limit, String what) throws RefusedException {
        if (count > limit) {
            throw xml.refusal(MirrorReason.TOO_LARGE, "more than " + limit + " " + what);
        }
    }
}
