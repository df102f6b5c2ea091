package org.ekicho.netboot.answer;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Any text as a template and as an answer file: never an exception, an answer of bounded length, and lint that ends.
public final class AnswerFuzz {
    private AnswerFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        AnswerTemplate.Rendered rendered =
                AnswerTemplate.render(text, AnswerTemplateTest.FACTS, name -> Optional.of(text));
        if (rendered.text().length() > 4 * AnswerTemplate.MAX_LENGTH) {
            throw new IllegalStateException("an answer of " + rendered.text().length() + " letters");
        }
        for (AnswerLanguage language : AnswerLanguage.values()) {
            AnswerLint.check(language, rendered.text());
        }
    }
}
