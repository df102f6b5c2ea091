package org.ekicho.web.path;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Whatever is asked for: it is refused, or a path that stays below any folder it is appended to.
public final class RequestPathFuzz {
    private static final Path ROOT = Path.of("/srv/mirror/www");

    private RequestPathFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String target = new String(data, StandardCharsets.ISO_8859_1);
        if (RequestPath.parse(target) instanceof RequestPath.Plain plain) {
            String path = plain.path();
            check(path.startsWith("/") && !path.contains("//") && !path.contains("\\"), "no plain path: " + path);
            check(path.chars().noneMatch(c -> c < ' ' || c == 0x7f), "a control character");
            Path below = ROOT.resolve(path.substring(1));
            check(below.equals(below.normalize()) && below.startsWith(ROOT), "leaves the folder: " + path);
            for (String part : plain.parts()) {
                check(!part.startsWith(".") || RequestPath.SHOWN.contains(part), "hidden: " + path);
            }
            plain.ask("for");
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
