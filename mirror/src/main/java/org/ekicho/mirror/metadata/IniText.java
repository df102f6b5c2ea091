package org.ekicho.mirror.metadata;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.RefusedException;

/// A text of `[sections]` with `key = value` lines, as Python's ConfigParser writes it. The last of two equal keys
/// stands.
final class IniText {
    /// Most lines: a tree of many images has some hundred.
    static final int MAX_LINES = 20_000;

    private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();

    private IniText() {}

    static IniText read(InputStream in) throws IOException, RefusedException {
        IniText ini = new IniText();
        BoundedLines lines = new BoundedLines(in);
        Map<String, String> section = null;
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (lines.number() > MAX_LINES) {
                throw lines.refusal(MirrorReason.TOO_LARGE, "more than " + MAX_LINES + " lines");
            }
            String content = line.strip();
            if (content.isEmpty() || content.startsWith("#") || content.startsWith(";")) {
                continue;
            }
            if (content.startsWith("[") && content.endsWith("]")) {
                section = ini.sections.computeIfAbsent(
                        content.substring(1, content.length() - 1).strip(), none -> new LinkedHashMap<>());
            } else if (section == null) {
                throw lines.refusal(
                        MirrorReason.NOT_WHAT_IT_SHOULD_BE, "text before the first section: " + Refusal.quote(content));
            } else if (!Character.isWhitespace(line.charAt(0))) {
                int separator = separatorOf(content);
                if (separator > 0) {
                    section.put(
                            content.substring(0, separator).strip(),
                            content.substring(separator + 1).strip());
                }
            }
        }
        return ini;
    }

    /// `=`, or the first `:` where there is none.
    private static int separatorOf(String content) {
        int equals = content.indexOf('=');
        return equals > 0 ? equals : content.indexOf(':');
    }

    List<String> sections() {
        return new ArrayList<>(sections.keySet());
    }

    /// The keys of a section in order; none when there is no such section.
    Map<String, String> section(String name) {
        return sections.getOrDefault(name, Map.of());
    }
}
