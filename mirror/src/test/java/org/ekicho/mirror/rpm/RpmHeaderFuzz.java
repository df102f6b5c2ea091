package org.ekicho.mirror.rpm;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.hash.HashType;
import org.ekicho.mirror.rpm.RpmPackages.FileDigests;

/// A package file is whatever somebody put into a folder: its headers are read, or refused with a place.
public final class RpmHeaderFuzz {
    private static final Checksum PKGID = new Checksum(HashType.SHA256, "0".repeat(64));

    private RpmHeaderFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        switch (RpmHeaders.read(ByteBuffer.wrap(data), data.length)) {
            case HeaderRead.Read read -> {
                check(read.range().end() <= data.length, "the main header reaches beyond the file");
                check(read.range().start() % 8 == 0, "the main header is not aligned");
                packageOf(read, data.length);
                RpmDigestCheck digests = RpmDigests.of(read, data.length).check();
                digests.feed(ByteBuffer.wrap(data));
                digests.end().forEach(problem -> check(!problem.isBlank(), "a problem without words"));
            }
            case HeaderRead.NeedsMore(int total) ->
                throw new IllegalStateException("wants " + total + " bytes of a file of " + data.length);
            case HeaderRead.Refused(var reason, String detail) ->
                check(!detail.isBlank() && !reason.sentence().isEmpty(), "refused without words");
        }
        piecewise(data);
    }

    private static void packageOf(HeaderRead.Read read, long size) {
        RpmPackages.Origin origin = new RpmPackages.Origin("a.rpm", size, 0, PKGID);
        switch (RpmPackages.of(read, origin, new RpmPackages.Wanted(10, FileDigests.READ))) {
            case PackageRead.Read(RpmPackage rpm, var remarks) -> {
                check(!rpm.name().isEmpty() && !rpm.evr().version().isEmpty(), "a package without a name");
                check(rpm.changelogs().size() <= 10, "more of the change log than was asked for");
                check(remarks.stream().noneMatch(String::isBlank), "a remark without words");
            }
            case PackageRead.Refused(var reason, String detail) ->
                check(!detail.isBlank() && !reason.sentence().isEmpty(), "refused without words");
        }
    }

    /// Given little by little, it asks for more until it knows, and then says the same.
    private static void piecewise(byte[] data) {
        int given = Math.min(data.length, 100);
        HeaderRead read = RpmHeaders.read(ByteBuffer.wrap(data, 0, given), data.length);
        while (read instanceof HeaderRead.NeedsMore(int total)) {
            check(total > given && total <= data.length, "asks for " + total + " of " + data.length);
            given = total;
            read = RpmHeaders.read(ByteBuffer.wrap(Arrays.copyOf(data, given)), data.length);
        }
        HeaderRead whole = RpmHeaders.read(ByteBuffer.wrap(data), data.length);
        check(read.getClass() == whole.getClass(), "says otherwise when read in pieces");
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
