package org.ekicho.netboot.answer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// SUSE's AutoYaST: XML whose elements must close, with `profile` around all.
final class AutoyastLint {
    /// A tag, a comment, a CDATA part or an instruction; text between them is nobody's matter here.
    private static final Pattern MARK = Pattern.compile(
            "<!--.*?-->|<!\\[CDATA\\[.*?]]>|<\\?[^>]*>|<!DOCTYPE[^>]*>|<(/?)([A-Za-z_][\\w.:-]*)([^<>]*?)(/?)>|<",
            Pattern.DOTALL);

    private record Open(String name, int line, int column) {}

    private AutoyastLint() {}

    static List<AnswerProblem> check(String text) {
        List<AnswerProblem> problems = new ArrayList<>();
        Deque<Open> open = new ArrayDeque<>();
        Matcher mark = MARK.matcher(text);
        String root = "";
        int line = 1;
        int lineStart = 0;
        int counted = 0;
        while (mark.find() && problems.isEmpty()) {
            for (; counted < mark.start(); counted++) {
                if (text.charAt(counted) == '\n') {
                    line++;
                    lineStart = counted + 1;
                }
            }
            Open here = new Open(mark.group(2) == null ? "" : mark.group(2), line, mark.start() - lineStart + 1);
            if (here.name().isEmpty()) {
                if (mark.group().equals("<")) {
                    problems.add(AnswerProblem.error(line, here.column(), "a < that begins no element; write &lt;"));
                }
            } else if (!mark.group(1).isEmpty()) {
                close(here, open, problems);
            } else {
                if (open.isEmpty() && root.isEmpty()) root = here.name();
                if (mark.group(4).isEmpty()) open.push(here);
            }
        }
        if (problems.isEmpty() && !open.isEmpty()) {
            Open last = open.peek();
            problems.add(AnswerProblem.error(last.line(), last.column(), "<" + last.name() + "> is never closed"));
        }
        if (problems.isEmpty() && !root.equals("profile")) {
            problems.add(AnswerProblem.error(1, 1, "the outermost element is profile, not \"" + root + "\""));
        }
        return problems;
    }

    private static void close(Open here, Deque<Open> open, List<AnswerProblem> problems) {
        if (open.isEmpty()) {
            problems.add(AnswerProblem.error(here.line(), here.column(), "</" + here.name() + "> closes nothing"));
            return;
        }
        Open begun = open.pop();
        if (!begun.name().equals(here.name())) {
            problems.add(AnswerProblem.error(
                    here.line(),
                    here.column(),
                    "</" + here.name() + "> closes <" + begun.name() + "> of line " + begun.line()));
        }
    }
}
