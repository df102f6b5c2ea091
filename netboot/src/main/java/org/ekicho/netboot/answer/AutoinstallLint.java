package org.ekicho.netboot.answer;

import java.util.ArrayList;
import java.util.List;

/// Ubuntu's autoinstall: the marks by which cloud-init and the installer know it, and what YAML forbids outright.
final class AutoinstallLint {
    private AutoinstallLint() {}

    static List<AnswerProblem> check(String text) {
        List<AnswerProblem> problems = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        if (!lines[0].strip().equals("#cloud-config")) {
            problems.add(
                    AnswerProblem.error(1, 1, "its first line must be #cloud-config, or cloud-init passes it over"));
        }
        boolean install = false;
        boolean version = false;
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i];
            install |= line.startsWith("autoinstall:");
            version |= line.matches("\\s+version:\\s*1\\s*(#.*)?");
            int blanks = line.length() - line.stripLeading().length();
            if (line.substring(0, blanks).indexOf('\t') >= 0) {
                problems.add(AnswerProblem.error(i + 1, 1, "YAML is indented with spaces, never with tabs"));
            }
            if (line.matches("\\s+password:\\s*[^$'\"\\s].*")) {
                problems.add(
                        AnswerProblem.warning(i + 1, blanks + 1, "the password is in plain text; it should be a hash"));
            }
        }
        if (!install) {
            problems.add(AnswerProblem.error(1, 1, "it has no autoinstall: section, so the installer would ask"));
        } else if (!version) {
            problems.add(AnswerProblem.error(1, 1, "its autoinstall: section has no version: 1"));
        }
        return problems;
    }
}
