package org.ekicho.mirror.location;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.metadata.FuzzCheck;

/// No location leaves the repository, in the form in which it is written or in the one that a server decodes.
public final class LocationFuzz {
    private LocationFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String href = new String(data, StandardCharsets.UTF_8);
        for (Locations.Use use : Locations.Use.values()) {
            if (Locations.check(href, use) instanceof Reading.Done<CheckedPath>(CheckedPath path)) {
                inside(path.text());
                inside(path.toUrlPath());
                String decoded = decoded(path.toUrlPath());
                inside(decoded);
                FuzzCheck.check(
                        use != Locations.Use.PACKAGE || !decoded.startsWith("repodata/"), "a package in repodata/");
            }
        }
    }

    private static String decoded(String url) {
        return URLDecoder.decode(url.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static void inside(String path) {
        Path root = Path.of("/repository");
        try {
            Path there = root.resolve(path).normalize();
            FuzzCheck.check(there.startsWith(root) && !there.equals(root), "outside: " + path);
        } catch (InvalidPathException e) {
            throw new IllegalStateException("no path for a file system: " + path, e);
        }
    }
}
