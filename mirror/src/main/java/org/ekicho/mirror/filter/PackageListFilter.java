package org.ekicho.mirror.filter;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.RefusedException;
import org.ekicho.mirror.repodata.MetadataRoots;
import org.ekicho.mirror.xml.Doctype;
import org.ekicho.mirror.xml.XmlCopy;
import org.ekicho.mirror.xml.XmlCursor;
import org.ekicho.mirror.xml.XmlLimits;

/// Copies primary.xml, filelists.xml or other.xml with the kept packages only, and their number in the root. What a
/// package's element holds is not changed, whether it is known here or not.
public final class PackageListFilter {
    private final MetadataRoots root;
    private final KeptPackages kept;
    private final Map<String, Integer> taken = new HashMap<>();

    private PackageListFilter(MetadataRoots root, KeptPackages kept) {
        this.root = root;
        this.kept = kept;
    }

    /// @param in  decompressed
    /// @param out not closed, not compressed
    /// @return how many packages were written: always as many as are kept, else the input is refused
    /// @throws IOException of either stream
    public static Reading<Integer> copy(MetadataRoots root, InputStream in, OutputStream out, KeptPackages kept)
            throws IOException {
        try {
            XmlCursor xml = XmlCursor.open(in, XmlLimits.DEFAULT, Doctype.REFUSED);
            return new Reading.Done<>(new PackageListFilter(root, kept).document(xml, out));
        } catch (RefusedException e) {
            return new Reading.Refused<>(e.refusal());
        }
    }

    private int document(XmlCursor xml, OutputStream out) throws IOException, RefusedException {
        String name = xml.root(root.element());
        String prefix = xml.prefix();
        XmlCopy copy = new XmlCopy(xml, out);
        copy.root("packages", Integer.toString(kept.count()));
        int depth = xml.depth();
        int ordinal = 0;
        int written = 0;
        while (xml.child(depth)) {
            if (xml.name().equals("package") && !keeps(xml, ordinal++)) {
                continue;
            }
            written += xml.name().equals("package") ? 1 : 0;
            copy.element();
            copy.newline();
            copy.release();
        }
        if (written != kept.count()) {
            throw new RefusedException(
                    MirrorReason.MALFORMED,
                    root.type() + ".xml has " + written + " of the " + kept.count() + " packages that are kept");
        }
        copy.endRoot(prefix.isEmpty() ? name : prefix + ":" + name);
        return written;
    }

    /// primary.xml tells packages by their order, the others by the checksum that primary.xml gave them.
    private boolean keeps(XmlCursor xml, int ordinal) {
        if (root == MetadataRoots.PRIMARY) {
            return kept.hasOrdinal(ordinal);
        }
        String pkgid = xml.attributeOr("pkgid", "");
        return kept.hasPkgid(pkgid) && taken.merge(pkgid, 1, Integer::sum) <= kept.countOfPkgid(pkgid);
    }
}
