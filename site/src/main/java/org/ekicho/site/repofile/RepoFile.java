package org.ekicho.site.repofile;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A `.repo` file as its lines, comments and all: joined again they are the same text to the last byte.
public record RepoFile(List<RepoLine> lines) {
    public RepoFile {
        lines = List.copyOf(lines);
    }

    /// Any text; what is odd in it is told when it is read as settings.
    public static RepoFile parse(String text) {
        List<RepoLine> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int next = newline < 0 ? text.length() : newline + 1;
            int end = newline < 0 ? text.length() : newline;
            if (newline > start && text.charAt(newline - 1) == '\r') {
                end = newline - 1;
            }
            lines.add(RepoLine.of(lines.size() + 1, text.substring(start, end), text.substring(end, next)));
            start = next;
        }
        return new RepoFile(lines);
    }

    /// The file's text.
    public String text() {
        return lines.stream().map(RepoLine::whole).collect(Collectors.joining());
    }

    /// How many lines, no more: any of them may hold a password.
    @Override
    public String toString() {
        return ".repo file of " + lines.size() + " lines";
    }
}
