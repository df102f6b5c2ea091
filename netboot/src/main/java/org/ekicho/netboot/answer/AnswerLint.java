package org.ekicho.netboot.answer;

import java.util.List;

/// Finds in an answer file what would stop an installer, or let it install something else than was meant.
public final class AnswerLint {
    private AnswerLint() {}

    /// @return problems in the order of the lines
    public static List<AnswerProblem> check(AnswerLanguage language, String text) {
        return switch (language) {
            case KICKSTART -> new KickstartLint().check(text);
            case PRESEED -> PreseedLint.check(text);
            case AUTOINSTALL -> AutoinstallLint.check(text);
            case AUTOYAST -> AutoyastLint.check(text);
            // Its own schema is checked by the installer at once, before anything is changed.
            case AGAMA -> List.of();
        };
    }
}
