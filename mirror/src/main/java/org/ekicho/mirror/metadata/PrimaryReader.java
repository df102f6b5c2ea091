package org.ekicho.mirror.metadata;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.RefusedException;
import org.ekicho.mirror.rpm.RpmPackage;
import org.ekicho.mirror.xml.Doctype;
import org.ekicho.mirror.xml.Numbers;
import org.ekicho.mirror.xml.XmlCursor;
import org.ekicho.mirror.xml.XmlLimits;
import org.jspecify.annotations.Nullable;

/// Reads a decompressed primary.xml as a stream. What breaks the document refuses it; what is wrong with one package
/// rejects that package only, with the reason.
public final class PrimaryReader {
    /// Rejected packages that are told apart. More of them mean that the whole is not what it should be.
    public static final int MAX_REJECTED = 10_000;

    private PrimaryReader() {}

    /// Takes packages one by one.
    public interface PackageSink {
        /// @param ordinal its place among the `<package>` elements, from 0
        /// @throws RefusedException ends the reading with this refusal
        void take(int ordinal, RpmPackage rpm) throws RefusedException;
    }

    /// What a primary.xml holds.
    ///
    /// @param packages  every package that can be used
    /// @param rejected  the others
    /// @param announced the number in `packages="…"`
    public record Primary(PackageTable packages, List<RejectedPackage> rejected, OptionalLong announced) {
        public Primary {
            rejected = List.copyOf(rejected);
        }
    }

    /// Reads what planning needs.
    ///
    /// @throws IOException the stream's own
    public static Reading<Primary> readTable(InputStream in) throws IOException {
        PackageTable.Builder table = new PackageTable.Builder();
        return read(
                in,
                PrimaryElement.Part.ENTRY,
                (xml, element) -> {
                    if (!table.hasRoom()) {
                        throw xml.refusal(
                                MirrorReason.TOO_LARGE,
                                "more than " + PackageTable.MAX_PACKAGES + " packages, or than "
                                        + PackageTable.MAX_BYTES + " bytes of their names");
                    }
                    table.add(element.entry());
                },
                table);
    }

    /// Reads everything of each package, and hands it on without keeping it.
    ///
    /// @return the rejected packages; `packages` is empty
    /// @throws IOException the stream's own
    public static Reading<Primary> read(InputStream in, PackageSink sink) throws IOException {
        return read(in, PrimaryElement.Part.ALL, (xml, element) -> sink.take(element.ordinal(), element.rpm()), null);
    }

    private interface ElementSink {
        void take(XmlCursor xml, PrimaryElement element) throws RefusedException;
    }

    private static Reading<Primary> read(
            InputStream in, PrimaryElement.Part part, ElementSink sink, PackageTable.@Nullable Builder table)
            throws IOException {
        try {
            XmlCursor xml = XmlCursor.open(in, XmlLimits.DEFAULT, Doctype.REFUSED);
            xml.root("metadata");
            long announced = Numbers.parse(xml.attributeOr("packages", ""), -1);
            List<RejectedPackage> rejected = new ArrayList<>();
            int depth = xml.depth();
            int ordinal = 0;
            while (xml.child(depth)) {
                if (!xml.name().equals("package")) {
                    continue;
                }
                PrimaryElement element = PrimaryElement.read(xml, ordinal++, part);
                if (element.problem() == null) {
                    sink.take(xml, element);
                } else {
                    reject(xml, rejected, element);
                }
            }
            PackageTable packages = (table == null ? new PackageTable.Builder() : table).build();
            return new Reading.Done<>(
                    new Primary(packages, rejected, announced < 0 ? OptionalLong.empty() : OptionalLong.of(announced)));
        } catch (RefusedException e) {
            return new Reading.Refused<>(e.refusal());
        }
    }

    private static void reject(XmlCursor xml, List<RejectedPackage> rejected, PrimaryElement element)
            throws RefusedException {
        Refusal why = element.problem();
        if (why == null) {
            return;
        }
        if (rejected.size() == MAX_REJECTED) {
            throw xml.refusal(why.reason(), "more than " + MAX_REJECTED + " bad packages, the last: " + why.detail());
        }
        rejected.add(new RejectedPackage(element.ordinal(), element.title(), why));
    }
}
