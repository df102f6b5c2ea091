package org.ekicho.site.adopt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Any bytes as a `.repo` file: adopting twice is adopting once, and nothing is lost but comment signs.
public final class AdoptionFuzz {
    private AdoptionFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        for (AdoptionTarget target : List.of(AdoptionTest.SAME_PATH, AdoptionTest.PROD)) {
            Adoption once = Adoption.adopt(text, target);
            Adoption twice = Adoption.adopt(once.text(), target);
            if (!twice.text().equals(once.text()) && once.refused().isEmpty()) {
                throw new AssertionError("the second run changes something: " + twice.adopted());
            }
            if (!kept(text).equals(kept(once.text()))) {
                throw new AssertionError("more than addresses and comments changed");
            }
            UnifiedDiff.render("a", "b", text, once.text());
        }
    }

    /// The lines without addresses and without signs of comments.
    private static List<String> kept(String text) {
        List<String> kept = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String bare = line.replaceFirst("^[#;]+", "");
            if (!bare.matches("(?s)[ \\t]*(?i:baseurl)[ \\t]*=.*")) {
                kept.add(bare);
            }
        }
        return kept;
    }
}
