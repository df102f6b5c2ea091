package org.ekicho.mirror.metadata;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.ekicho.mirror.Reading;

/// Metalinks and mirror lists of anybody are read or refused, and name servers only.
public final class MetalinkFuzz {
    private MetalinkFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            read(data);
        } catch (IOException e) {
            throw FuzzCheck.never(e);
        }
    }

    private static void read(byte[] data) throws IOException {
        if (MetalinkReader.read(new ByteArrayInputStream(data)) instanceof Reading.Done<Metalink>(Metalink metalink)) {
            for (Metalink.Resource resource : metalink.resources()) {
                FuzzCheck.check(resource.baseUrl().toLowerCase(Locale.ROOT).startsWith("http"), "no server");
            }
            metalink.versions().forEach(Metalink.Version::strongest);
        }
        if (MirrorlistReader.read(new ByteArrayInputStream(data))
                instanceof Reading.Done<List<String>>(List<String> urls)) {
            for (String url : urls) {
                FuzzCheck.check(url.toLowerCase(Locale.ROOT).startsWith("http") && url.endsWith("/"), "no server");
            }
        }
    }
}
