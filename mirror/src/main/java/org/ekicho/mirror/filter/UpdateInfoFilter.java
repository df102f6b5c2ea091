package org.ekicho.mirror.filter;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.RefusedException;
import org.ekicho.mirror.xml.Doctype;
import org.ekicho.mirror.xml.XmlCopy;
import org.ekicho.mirror.xml.XmlCursor;
import org.ekicho.mirror.xml.XmlLimits;

/// Copies updateinfo.xml without the packages that are not kept, and without the advisories of which none is left. Ids
/// and all else stay as they are; an advisory that never had a package stays too.
public final class UpdateInfoFilter {
    private final XmlCursor xml;
    private final XmlCopy copy;
    private final KeptPackages kept;

    private UpdateInfoFilter(XmlCursor xml, XmlCopy copy, KeptPackages kept) {
        this.xml = xml;
        this.copy = copy;
        this.kept = kept;
    }

    /// @param in  decompressed
    /// @param out not closed, not compressed
    /// @return how many advisories were written
    /// @throws IOException of either stream
    public static Reading<Integer> copy(InputStream in, OutputStream out, KeptPackages kept) throws IOException {
        try {
            XmlCursor xml = XmlCursor.open(in, XmlLimits.DEFAULT, Doctype.REFUSED);
            xml.root("updates");
            return new Reading.Done<>(new UpdateInfoFilter(xml, new XmlCopy(xml, out), kept).document());
        } catch (RefusedException e) {
            return new Reading.Refused<>(e.refusal());
        }
    }

    private int document() throws IOException, RefusedException {
        int written = 0;
        copy.root("", "");
        int depth = xml.depth();
        while (xml.child(depth)) {
            int mark = copy.mark();
            if (!xml.name().equals("update")) {
                copy.element();
            } else if (update()) {
                written++;
            } else {
                copy.takeBack(mark);
                continue;
            }
            copy.newline();
            copy.release();
        }
        copy.endRoot("updates");
        return written;
    }

    /// Copies an advisory; false when all its packages went.
    private boolean update() throws IOException, RefusedException {
        int own = xml.depth();
        int left = 0;
        int gone = 0;
        copy.start();
        while (xml.depth() >= own) {
            if (copy.next() != XmlCopy.Event.START) {
                continue;
            }
            // update > pkglist > collection > package
            if (!xml.name().equals("package") || xml.depth() != own + 3) {
                copy.start();
                atMost();
                continue;
            }
            int mark = copy.mark();
            boolean keeps = kept.hasNevra(nevraWithEpoch());
            copy.element();
            left += keeps ? 1 : 0;
            gone += keeps ? 0 : 1;
            if (!keeps) {
                copy.takeBack(mark);
            }
        }
        return left > 0 || gone == 0;
    }

    private String nevraWithEpoch() {
        String epoch = xml.attributeOr("epoch", "");
        return xml.attributeOr("name", "") + "-" + (epoch.isEmpty() ? "0" : epoch) + ":"
                + xml.attributeOr("version", "") + "-" + xml.attributeOr("release", "") + "."
                + xml.attributeOr("arch", "");
    }

    private void atMost() throws RefusedException {
        if (copy.mark() > XmlCopy.MAX_WAITING) {
            throw xml.refusal(MirrorReason.TOO_LARGE, "an advisory of more than " + XmlCopy.MAX_WAITING + " letters");
        }
    }
}
