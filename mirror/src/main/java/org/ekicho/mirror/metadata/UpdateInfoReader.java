package org.ekicho.mirror.metadata;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.RefusedException;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.rpm.Evr;
import org.ekicho.mirror.xml.Doctype;
import org.ekicho.mirror.xml.XmlCursor;
import org.ekicho.mirror.xml.XmlLimits;

/// Reads a decompressed updateinfo.xml, advisory by advisory.
public final class UpdateInfoReader {
    /// Most packages of one advisory: a rebuild of a whole distribution.
    public static final int MAX_PACKAGES = 200_000;
    /// Most references of one advisory; kernels have some hundred.
    public static final int MAX_REFERENCES = 20_000;

    private UpdateInfoReader() {}

    /// Takes advisories one by one.
    public interface AdvisorySink {
        /// @throws RefusedException ends the reading with this refusal
        void take(Advisory advisory) throws RefusedException;
    }

    /// What is told of an update. Texts that it lacks are empty.
    ///
    /// @param id       `RHSA-2026:0001`
    /// @param type     `security`, `bugfix`, `enhancement`, `newpackage`
    /// @param severity `Critical` to `Low`, mostly of security advisories only
    /// @param issued   date as written
    /// @param updated  date as written
    /// @param cves     ids of its references of type `cve`
    /// @param packages of all its collections
    public record Advisory(
            String id,
            String type,
            String severity,
            String title,
            String issued,
            String updated,
            List<String> cves,
            List<AdvisoryPackage> packages) {
        public Advisory {
            cves = List.copyOf(cves);
            packages = List.copyOf(packages);
        }
    }

    /// A package that an advisory brings.
    public record AdvisoryPackage(String name, Evr evr, String arch, String fileName, Optional<Checksum> checksum) {
        /// `name-0:version-release.arch`, always with an epoch.
        public String nevraWithEpoch() {
            return name + "-" + evr.epoch() + ":" + evr.version() + "-" + evr.release() + "." + arch;
        }
    }

    /// @return how many advisories were in it
    /// @throws IOException the stream's own
    public static Reading<Integer> read(InputStream in, AdvisorySink sink) throws IOException {
        try {
            XmlCursor xml = XmlCursor.open(in, XmlLimits.DEFAULT, Doctype.REFUSED);
            xml.root("updates");
            int depth = xml.depth();
            int count = 0;
            while (xml.child(depth)) {
                if (xml.name().equals("update")) {
                    count++;
                    sink.take(advisory(xml));
                }
            }
            return new Reading.Done<>(count);
        } catch (RefusedException e) {
            return new Reading.Refused<>(e.refusal());
        }
    }

    private static Advisory advisory(XmlCursor xml) throws IOException, RefusedException {
        int depth = xml.depth();
        String type = xml.attributeOr("type", "");
        String id = "";
        String severity = "";
        String title = "";
        String issued = "";
        String updated = "";
        List<String> cves = new ArrayList<>();
        List<AdvisoryPackage> packages = new ArrayList<>();
        while (xml.child(depth)) {
            switch (xml.name()) {
                case "id" -> id = xml.text().strip();
                case "severity" -> severity = xml.text().strip();
                case "title" -> title = xml.text().strip();
                case "issued" -> issued = xml.attributeOr("date", "");
                case "updated" -> updated = xml.attributeOr("date", "");
                case "references" -> references(xml, cves);
                case "pkglist" -> collections(xml, packages);
                default -> {}
            }
        }
        return new Advisory(id, type, severity, title, issued, updated, cves, packages);
    }

    private static void references(XmlCursor xml, List<String> cves) throws IOException, RefusedException {
        int depth = xml.depth();
        while (xml.child(depth)) {
            if (xml.attributeOr("type", "").equals("cve")) {
                cves.add(xml.attributeOr("id", ""));
                atMost(xml, cves.size(), MAX_REFERENCES, "references");
            }
        }
    }

    private static void collections(XmlCursor xml, List<AdvisoryPackage> packages)
            throws IOException, RefusedException {
        int depth = xml.depth();
        while (xml.child(depth)) {
            int inside = xml.depth();
            while (xml.child(inside)) {
                if (xml.name().equals("package")) {
                    packages.add(advisoryPackage(xml));
                    atMost(xml, packages.size(), MAX_PACKAGES, "packages");
                }
            }
        }
    }

    private static AdvisoryPackage advisoryPackage(XmlCursor xml) throws IOException, RefusedException {
        int depth = xml.depth();
        String name = xml.attributeOr("name", "");
        String arch = xml.attributeOr("arch", "");
        Evr evr = evr(xml);
        String fileName = "";
        Optional<Checksum> checksum = Optional.empty();
        while (xml.child(depth)) {
            switch (xml.name()) {
                case "filename" -> fileName = xml.text().strip();
                case "sum" -> checksum = Checksum.parse(xml.attributeOr("type", ""), xml.text());
                default -> {}
            }
        }
        return new AdvisoryPackage(name, evr, arch, fileName, checksum);
    }

    /// An epoch that is absent or empty is 0.
    private static Evr evr(XmlCursor xml) {
        String epoch = xml.attributeOr("epoch", "");
        return new Evr(epoch.isEmpty() ? "0" : epoch, xml.attributeOr("version", ""), xml.attributeOr("release", ""));
    }

    private static void atMost(XmlCursor xml, int count, int limit, String what) throws RefusedException {
        if (count > limit) {
            throw xml.refusal(MirrorReason.TOO_LARGE, "an advisory with more than " + limit + " " + what);
        }
    }
}
