package org.ekicho.mirror.metadata;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.RefusedException;
import org.ekicho.mirror.rpm.Changelog;
import org.ekicho.mirror.xml.Doctype;
import org.ekicho.mirror.xml.Numbers;
import org.ekicho.mirror.xml.XmlCursor;
import org.ekicho.mirror.xml.XmlLimits;

/// Reads a decompressed other.xml, package by package.
public final class ChangelogReader {
    /// Most entries of one package's change log; createrepo writes ten.
    public static final int MAX_ENTRIES = 100_000;

    private ChangelogReader() {}

    /// Takes the change logs of packages one package after another.
    public interface ChangelogSink {
        /// Whether the change log of this package is wanted at all.
        default boolean wants(String pkgid) {
            return true;
        }

        /// @throws RefusedException ends the reading with this refusal
        void take(FilesReader.Owner owner, List<Changelog> changelogs) throws RefusedException;
    }

    /// @return how many packages were in it
    /// @throws IOException the stream's own
    public static Reading<Integer> read(InputStream in, ChangelogSink sink) throws IOException {
        try {
            XmlCursor xml = XmlCursor.open(in, XmlLimits.DEFAULT, Doctype.REFUSED);
            xml.root("otherdata");
            int depth = xml.depth();
            int count = 0;
            while (xml.child(depth)) {
                if (xml.name().equals("package")) {
                    count++;
                    one(xml, sink);
                }
            }
            return new Reading.Done<>(count);
        } catch (RefusedException e) {
            return new Reading.Refused<>(e.refusal());
        }
    }

    private static void one(XmlCursor xml, ChangelogSink sink) throws IOException, RefusedException {
        int depth = xml.depth();
        FilesReader.Owner owner = FilesReader.owner(xml);
        if (!sink.wants(owner.pkgid())) {
            return;
        }
        List<Changelog> entries = new ArrayList<>();
        while (xml.child(depth)) {
            switch (xml.name()) {
                case "version" -> owner = FilesReader.withVersion(owner, xml);
                case "changelog" -> {
                    String author = xml.attributeOr("author", "");
                    long time = Numbers.parse(xml.attributeOr("date", "0"), 0);
                    entries.add(new Changelog(author, time, xml.text()));
                    if (entries.size() > MAX_ENTRIES) {
                        throw xml.refusal(
                                MirrorReason.TOO_LARGE, "a package with more than " + MAX_ENTRIES + " changes");
                    }
                }
                default -> {}
            }
        }
        sink.take(owner, entries);
    }
}
