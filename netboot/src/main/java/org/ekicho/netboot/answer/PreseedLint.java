package org.ekicho.netboot.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Debian's preseed: `owner question type value`, a line each; a backslash at the end of a line goes on.
final class PreseedLint {
    private static final Set<String> TYPES =
            Set.of("string", "boolean", "select", "multiselect", "password", "note", "text", "error", "title", "seen");
    private static final Pattern LINE = Pattern.compile("(\\S+)\\s+(\\S+)\\s+(\\S+)(?:[ \\t](.*))?", Pattern.DOTALL);

    private PreseedLint() {}

    static List<AnswerProblem> check(String text) {
        List<AnswerProblem> problems = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            int number = i + 1;
            StringBuilder whole = new StringBuilder(lines[i]);
            while (!whole.isEmpty() && whole.charAt(whole.length() - 1) == '\\' && i + 1 < lines.length) {
                whole.setLength(whole.length() - 1);
                whole.append(lines[++i]);
            }
            String line = whole.toString().strip();
            if (!line.isEmpty() && !line.startsWith("#")) line(number, line, problems);
        }
        return problems;
    }

    private static void line(int number, String line, List<AnswerProblem> problems) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            problems.add(AnswerProblem.error(
                    number,
                    1,
                    "not of the form: owner question type value, as in: d-i netcfg/get_hostname string web1"));
            return;
        }
        String type = parts.group(3);
        String value = parts.group(4) == null ? "" : parts.group(4).strip();
        if (!TYPES.contains(type)) {
            problems.add(AnswerProblem.error(
                    number, line.indexOf(type) + 1, type + " is no type; there are string, boolean, select, …"));
        } else if (type.equals("boolean") && !value.equals("true") && !value.equals("false")) {
            problems.add(AnswerProblem.error(number, 1, "a boolean is true or false, not \"" + value + "\""));
        } else if (type.equals("password")
                && !value.isEmpty()
                && !parts.group(2).endsWith("-crypted")) {
            problems.add(AnswerProblem.warning(
                    number,
                    1,
                    parts.group(2) + " is in plain text; there is " + parts.group(2) + "-crypted with a hash"));
        }
    }
}
