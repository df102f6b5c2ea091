package org.ekicho.mirror.rpm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.hash.HashType;

/// Packages and texts under `golden/rpm`: `hello.bin` is of format 4, `old.bin` of format 3.
final class GoldenRpm {
    private GoldenRpm() {}

    static byte[] read(String name) throws IOException {
        try (InputStream in = GoldenRpm.class.getResourceAsStream("/golden/rpm/" + name)) {
            if (in == null) throw new IOException("no golden/rpm/" + name);
            return in.readAllBytes();
        }
    }

    static List<String> lines(String name) throws IOException {
        return new String(read(name), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    /// Headers of a whole file, which must be good.
    static HeaderRead.Read headers(byte[] file) {
        HeaderRead read = RpmHeaders.read(ByteBuffer.wrap(file), file.length);
        if (read instanceof HeaderRead.Read good) return good;
        throw new AssertionError(read.toString());
    }

    /// What came of a whole file at the location `x.rpm`.
    static PackageRead packageOf(byte[] file, RpmPackages.Wanted wanted) {
        Checksum pkgid = new Checksum(HashType.SHA256, "0".repeat(64));
        return RpmPackages.of(headers(file), new RpmPackages.Origin("x.rpm", file.length, 7, pkgid), wanted);
    }
}
