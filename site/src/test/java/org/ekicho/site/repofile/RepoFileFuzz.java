package org.ekicho.site.repofile;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.ekicho.site.Positions;
import org.ekicho.site.diagnostic.Diagnostics;

/// Any bytes as a `.repo` file: never an exception, the same bytes again, every problem in its place.
public final class RepoFileFuzz {
    private RepoFileFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        if (!RepoFile.parse(text).text().equals(text)) {
            throw new AssertionError("the lines are not the text");
        }
        Diagnostics problems = new Diagnostics();
        RepoFileReader.read("x.repo", text, new Variables(Map.of("releasever", "9")), problems);
        Positions.check(problems.report(), "x.repo", text);
    }
}
