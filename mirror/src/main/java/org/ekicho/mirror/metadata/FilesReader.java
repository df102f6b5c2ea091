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
import org.ekicho.mirror.rpm.PackageFile;
import org.ekicho.mirror.xml.Doctype;
import org.ekicho.mirror.xml.XmlCursor;
import org.ekicho.mirror.xml.XmlLimits;

/// Reads a decompressed filelists.xml or filelists-ext.xml, package by package.
public final class FilesReader {
    private FilesReader() {}

    /// Takes the files of packages one package after another.
    public interface FilesSink {
        /// Whether the files of this package are wanted at all.
        default boolean wants(String pkgid) {
            return true;
        }

        /// @throws RefusedException ends the reading with this refusal
        void take(Owner owner, List<PackageFile> files) throws RefusedException;
    }

    /// Which package a list is of.
    ///
    /// @param pkgid digits of its checksum, as written
    public record Owner(String pkgid, String name, String arch, Evr evr) {}

    /// @return how many packages were in it
    /// @throws IOException the stream's own
    public static Reading<Integer> read(InputStream in, FilesSink sink) throws IOException {
        try {
            XmlCursor xml = XmlCursor.open(in, XmlLimits.DEFAULT, Doctype.REFUSED);
            xml.root("filelists", "filelists-ext");
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

    /// The owner named by the attributes of a `<package>`; its version is a child that comes first.
    static Owner owner(XmlCursor xml) throws RefusedException {
        return new Owner(xml.needed("pkgid"), xml.attributeOr("name", ""), xml.attributeOr("arch", ""), NO_EVR);
    }

    static Owner withVersion(Owner owner, XmlCursor xml) {
        return new Owner(
                owner.pkgid(),
                owner.name(),
                owner.arch(),
                new Evr(xml.attributeOr("epoch", "0"), xml.attributeOr("ver", ""), xml.attributeOr("rel", "")));
    }

    private static final Evr NO_EVR = new Evr("0", "", "");

    private static void one(XmlCursor xml, FilesSink sink) throws IOException, RefusedException {
        int depth = xml.depth();
        Owner owner = owner(xml);
        if (!sink.wants(owner.pkgid())) {
            return;
        }
        List<PackageFile> files = new ArrayList<>();
        while (xml.child(depth)) {
            switch (xml.name()) {
                case "version" -> owner = withVersion(owner, xml);
                case "file" -> {
                    files.add(file(xml));
                    if (files.size() > PrimaryElement.MAX_ITEMS) {
                        throw xml.refusal(
                                MirrorReason.TOO_LARGE,
                                "a package with more than " + PrimaryElement.MAX_ITEMS + " files");
                    }
                }
                case "checksum" -> {}
                default -> {}
            }
        }
        sink.take(owner, files);
    }

    /// One `<file>` of primary, filelists or filelists-ext.
    static PackageFile file(XmlCursor xml) throws IOException, RefusedException {
        PackageFile.Kind kind = switch (xml.attributeOr("type", "")) {
            case "dir" -> PackageFile.Kind.DIR;
            case "ghost" -> PackageFile.Kind.GHOST;
            default -> PackageFile.Kind.FILE;
        };
        String hash = xml.attribute("hash");
        return new PackageFile(xml.text(), kind, hash == null ? Optional.empty() : ofLength(hash));
    }

    /// filelists-ext names the kind of its digests once; its length tells it as well.
    private static Optional<Checksum> ofLength(String hash) {
        String type = switch (hash.length()) {
            case 32 -> "md5";
            case 40 -> "sha1";
            case 56 -> "sha224";
            case 96 -> "sha384";
            case 128 -> "sha512";
            default -> "sha256";
        };
        return Checksum.parse(type, hash);
    }
}
