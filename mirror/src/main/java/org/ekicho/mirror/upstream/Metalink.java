package org.ekicho.mirror.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.RefusedException;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.xml.Doctype;
import org.ekicho.mirror.xml.Numbers;
import org.ekicho.mirror.xml.XmlCursor;
import org.ekicho.mirror.xml.XmlLimits;

/// A metalink for repomd.xml as MirrorManager writes it: what the file must be, which older ones are still accepted,
/// and
/// which mirrors have it.
///
/// @param accepted  the current repomd.xml first, then the alternates
/// @param baseUrls  addresses of the repository, the preferred first
public record Metalink(List<Accepted> accepted, List<String> baseUrls) {
    /// Fedora's has 60 KB.
    public static final int MAX_BYTES = 4 << 20;

    private static final int MAX_MIRRORS = 500;
    private static final int MAX_ALTERNATES = 100;
    private static final String TAIL = "repodata/repomd.xml";

    public Metalink {
        accepted = List.copyOf(accepted);
        baseUrls = List.copyOf(baseUrls);
    }

    /// A repomd.xml that is accepted.
    ///
    /// @param timestamp seconds since 1970; 0: unknown
    /// @param size      bytes
    /// @param checksums all that are named
    public record Accepted(long timestamp, OptionalLong size, List<Checksum> checksums) {
        public Accepted {
            checksums = List.copyOf(checksums);
        }

        /// The strongest checksum.
        public Optional<Checksum> strongest() {
            return checksums.stream()
                    .max(Comparator.comparingInt(sum -> sum.type().hexLength()));
        }
    }

    private record Mirror(String address, long preference) {}

    /// @throws IOException the stream's own
    public static Reading<Metalink> read(InputStream in) throws IOException {
        try {
            return new Reading.Done<>(document(XmlCursor.open(in, XmlLimits.DEFAULT, Doctype.REFUSED)));
        } catch (RefusedException e) {
            return new Reading.Refused<>(e.refusal());
        }
    }

    private static Metalink document(XmlCursor xml) throws IOException, RefusedException {
        xml.root("metalink");
        int depth = xml.depth();
        while (xml.child(depth)) {
            if (!xml.name().equals("files")) {
                xml.unknown();
                continue;
            }
            int files = xml.depth();
            while (xml.child(files)) {
                if (xml.name().equals("file") && "repomd.xml".equals(xml.attribute("name"))) {
                    return file(xml);
                }
                xml.unknown();
            }
        }
        throw new RefusedException(MirrorReason.MALFORMED, "the metalink says nothing of repomd.xml");
    }

    private static Metalink file(XmlCursor xml) throws IOException, RefusedException {
        List<Accepted> alternates = new ArrayList<>();
        List<Mirror> mirrors = new ArrayList<>();
        Entry current = new Entry();
        int depth = xml.depth();
        while (xml.child(depth)) {
            switch (xml.name()) {
                case "alternates" -> alternates(xml, alternates);
                case "resources" -> resources(xml, mirrors);
                default -> current.take(xml);
            }
        }
        Accepted now = current.accepted();
        if (now.checksums().isEmpty()) {
            throw new RefusedException(MirrorReason.MALFORMED, "the metalink has no checksum of repomd.xml");
        }
        if (mirrors.isEmpty()) {
            throw new RefusedException(MirrorReason.MALFORMED, "the metalink names no mirror that can be used");
        }
        List<Accepted> accepted = new ArrayList<>();
        accepted.add(now);
        accepted.addAll(alternates);
        mirrors.sort(Comparator.comparingLong(Mirror::preference).reversed());
        return new Metalink(accepted, mirrors.stream().map(Mirror::address).toList());
    }

    private static void alternates(XmlCursor xml, List<Accepted> to) throws IOException, RefusedException {
        int depth = xml.depth();
        while (xml.child(depth)) {
            if (!xml.name().equals("alternate") || to.size() == MAX_ALTERNATES) {
                xml.unknown();
                continue;
            }
            Entry entry = new Entry();
            int inside = xml.depth();
            while (xml.child(inside)) {
                entry.take(xml);
            }
            if (!entry.checksums.isEmpty()) {
                to.add(entry.accepted());
            }
        }
    }

    private static void resources(XmlCursor xml, List<Mirror> to) throws IOException, RefusedException {
        int depth = xml.depth();
        while (xml.child(depth)) {
            if (!xml.name().equals("url")) {
                xml.unknown();
                continue;
            }
            long preference = Numbers.parse(xml.attributeOr("preference", ""), 0);
            String address = xml.text().strip();
            boolean spoken =
                    address.startsWith("http://") || address.startsWith("https://") || address.startsWith("file:");
            if (spoken && address.endsWith(TAIL) && to.size() < MAX_MIRRORS) {
                to.add(new Mirror(address.substring(0, address.length() - TAIL.length()), preference));
            }
        }
    }

    /// The elements that the current file and its alternates share.
    private static final class Entry {
        private final List<Checksum> checksums = new ArrayList<>();
        private OptionalLong size = OptionalLong.empty();
        private long timestamp;

        void take(XmlCursor xml) throws IOException, RefusedException {
            switch (xml.name()) {
                case "timestamp" ->
                    timestamp = Math.max(0, Numbers.parse(xml.text().strip(), 0));
                case "size" -> {
                    long bytes = Numbers.parse(xml.text().strip(), -1);
                    size = bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
                }
                case "verification" -> {
                    int depth = xml.depth();
                    while (xml.child(depth)) {
                        hash(xml);
                    }
                }
                default -> xml.unknown();
            }
        }

        private void hash(XmlCursor xml) throws IOException, RefusedException {
            if (!xml.name().equals("hash")) {
                xml.unknown();
                return;
            }
            String type = xml.attributeOr("type", "");
            Checksum.parse(type, xml.text()).ifPresent(checksums::add);
        }

        Accepted accepted() {
            return new Accepted(timestamp, size, checksums);
        }
    }
}
