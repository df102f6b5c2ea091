package org.ekicho.mirror.metadata;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.RefusedException;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.xml.Doctype;
import org.ekicho.mirror.xml.Numbers;
import org.ekicho.mirror.xml.XmlCursor;
import org.ekicho.mirror.xml.XmlLimits;

/// Reads a metalink for a repomd.xml, as MirrorManager writes it: the one proof of freshness that upstream gives.
public final class MetalinkReader {
    /// Most addresses: Fedora has some hundred.
    public static final int MAX_RESOURCES = 5000;
    /// Most older versions that are still accepted.
    public static final int MAX_ALTERNATES = 200;

    private static final String REPOMD = "repodata/repomd.xml";

    private final XmlCursor xml;
    private final List<Metalink.Version> versions = new ArrayList<>();
    private final List<Metalink.Resource> resources = new ArrayList<>();

    private MetalinkReader(XmlCursor xml) {
        this.xml = xml;
    }

    /// @throws IOException the stream's own
    public static Reading<Metalink> read(InputStream in) throws IOException {
        try {
            XmlCursor xml = XmlCursor.open(in, XmlLimits.DEFAULT, Doctype.REFUSED);
            xml.root("metalink");
            return new Reading.Done<>(new MetalinkReader(xml).document());
        } catch (RefusedException e) {
            return new Reading.Refused<>(e.refusal());
        }
    }

    private Metalink document() throws IOException, RefusedException {
        int depth = xml.depth();
        while (xml.child(depth)) {
            if (xml.name().equals("files")) {
                int inside = xml.depth();
                while (xml.child(inside)) {
                    if (xml.name().equals("file") && xml.attributeOr("name", "").equals("repomd.xml")) {
                        version(Metalink.Age.CURRENT);
                    }
                }
            }
        }
        if (versions.isEmpty()) {
            throw xml.refusal(MirrorReason.MALFORMED, "no checksum of repomd.xml");
        }
        if (resources.isEmpty()) {
            throw xml.refusal(MirrorReason.NO_MIRROR_HAS_IT, "no address by http or https");
        }
        resources.sort(Comparator.comparingInt(Metalink.Resource::preference).reversed());
        return new Metalink(versions, resources);
    }

    /// `<file>`, or an `<alternate>` in it, which has the same children.
    private void version(Metalink.Age age) throws IOException, RefusedException {
        int depth = xml.depth();
        long timestamp = 0;
        OptionalLong size = OptionalLong.empty();
        List<Checksum> checksums = new ArrayList<>();
        int place = versions.size();
        while (xml.child(depth)) {
            switch (xml.name()) {
                case "timestamp" -> timestamp = Numbers.seconds(xml, xml.text());
                case "size" -> size = OptionalLong.of(Numbers.bytes(xml, xml.text()));
                case "verification" -> checksums(checksums);
                case "alternates" -> alternates();
                case "resources" -> resources();
                default -> {}
            }
        }
        if (!checksums.isEmpty()) {
            versions.add(place, new Metalink.Version(age, timestamp, size, checksums));
        }
    }

    private void alternates() throws IOException, RefusedException {
        int depth = xml.depth();
        while (xml.child(depth)) {
            if (versions.size() > MAX_ALTERNATES) {
                throw xml.refusal(MirrorReason.TOO_LARGE, "more than " + MAX_ALTERNATES + " older versions");
            }
            version(Metalink.Age.OLDER);
        }
    }

    private void checksums(List<Checksum> checksums) throws IOException, RefusedException {
        int depth = xml.depth();
        while (xml.child(depth)) {
            if (xml.name().equals("hash") && checksums.size() < 20) {
                String type = xml.attributeOr("type", "").replace("-", "");
                Checksum.parse(type, xml.text()).ifPresent(checksums::add);
            }
        }
    }

    private void resources() throws IOException, RefusedException {
        int depth = xml.depth();
        while (xml.child(depth)) {
            if (!xml.name().equals("url")) {
                continue;
            }
            int preference = Math.clamp(Numbers.parse(xml.attributeOr("preference", "0"), 0), 0, 100);
            String location = xml.attributeOr("location", "").toUpperCase(Locale.ROOT);
            String url = xml.text().strip();
            if (url.endsWith(REPOMD) && MirrorUrls.isUsable(url)) {
                if (resources.size() == MAX_RESOURCES) {
                    throw xml.refusal(MirrorReason.TOO_LARGE, "more than " + MAX_RESOURCES + " addresses");
                }
                String base = url.substring(0, url.length() - REPOMD.length());
                resources.add(new Metalink.Resource(base, preference, location));
            }
        }
    }
}
