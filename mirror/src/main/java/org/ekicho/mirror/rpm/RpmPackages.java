package org.ekicho.mirror.rpm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.rpm.RpmPackage.Sizes;
import org.ekicho.mirror.rpm.RpmPackage.Texts;
import org.ekicho.mirror.rpm.RpmPackage.Times;

/// Makes an [RpmPackage] of a package's headers, as createrepo_c does.
public final class RpmPackages {
    private RpmPackages() {}

    /// What the headers do not know of their file.
    ///
    /// @param location     path relative to the repository
    /// @param size         bytes
    /// @param mtimeSeconds modification time, seconds since 1970
    /// @param pkgid        digest of the whole file
    public record Origin(String location, long size, long mtimeSeconds, Checksum pkgid) {}

    /// How much of a package is wanted.
    ///
    /// @param changelogs newest entries of the change log
    /// @param digests    of its files
    public record Wanted(int changelogs, FileDigests digests) {
        /// As createrepo_c does unless told otherwise.
        public static final Wanted USUAL = new Wanted(10, FileDigests.SKIP);
    }

    /// Whether the digests of files are read, which only filelists-ext.xml has.
    public enum FileDigests {
        SKIP,
        READ
    }

    /// The package, or why there can be none.
    public static PackageRead of(HeaderRead.Read headers, Origin origin, Wanted wanted) {
        try {
            List<String> remarks = new ArrayList<>(0);
            return new PackageRead.Read(read(headers, origin, wanted, remarks), remarks);
        } catch (BadHeader bad) {
            return new PackageRead.Refused(bad.reason(), bad.detail());
        }
    }

    private static RpmPackage read(HeaderRead.Read headers, Origin origin, Wanted wanted, List<String> remarks)
            throws BadHeader {
        RpmHeader main = headers.main();
        String name = needed(main, RpmTags.NAME, "name");
        Evr evr = new Evr(
                Long.toString(main.number(RpmTags.EPOCH, 0)),
                needed(main, RpmTags.VERSION, "version"),
                needed(main, RpmTags.RELEASE, "release"));
        String arch = isSource(main) ? "src" : needed(main, RpmTags.ARCH, "architecture");
        List<PackageFile> files = RpmFiles.of(main, wanted.digests());
        Map<Dependency.Kind, List<Dependency>> dependencies =
                new RpmDependencies(main, name, evr, files, remarks).read();
        return new RpmPackage(
                name,
                evr,
                arch,
                origin.pkgid(),
                texts(main),
                new Times(origin.mtimeSeconds(), main.number(RpmTags.BUILD_TIME, 0)),
                sizes(headers, origin.size()),
                origin.location(),
                headers.range(),
                dependencies,
                files,
                RpmChangelogs.of(main, wanted.changelogs()));
    }

    /// Source packages name no source package; newer ones say it with a tag of its own.
    static boolean isSource(RpmHeader main) {
        return main.has(RpmTags.SOURCE_PACKAGE) || !main.has(RpmTags.SOURCE_RPM);
    }

    private static String needed(RpmHeader main, int tag, String words) throws BadHeader {
        String text = main.text(tag);
        if (text.isEmpty()) throw BadHeader.malformed("the main header has no " + words + " (tag " + tag + ")");
        return text;
    }

    private static Texts texts(RpmHeader main) throws BadHeader {
        return new Texts(
                main.text(RpmTags.SUMMARY),
                main.text(RpmTags.DESCRIPTION),
                main.text(RpmTags.PACKAGER),
                main.text(RpmTags.URL),
                main.text(RpmTags.LICENSE),
                main.text(RpmTags.VENDOR),
                main.text(RpmTags.GROUP),
                main.text(RpmTags.BUILD_HOST),
                main.text(RpmTags.SOURCE_RPM));
    }

    private static Sizes sizes(HeaderRead.Read headers, long fileSize) throws BadHeader {
        RpmHeader main = headers.main();
        RpmHeader signature = headers.signature();
        long installed = main.number(RpmTags.LONG_SIZE, main.number(RpmTags.SIZE, 0));
        long archive = signature.number(
                RpmTags.SIG_LONG_ARCHIVE_SIZE,
                signature.number(RpmTags.SIG_ARCHIVE_SIZE, main.number(RpmTags.ARCHIVE_SIZE, 0)));
        return new Sizes(fileSize, installed, archive);
    }
}
