package org.ekicho.site.repofile;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What `$releasever`, `$basearch` and the site's own variables stand for.
///
/// `$name` and `${name}` are replaced; `${name:-word}` is `word` where the variable is unknown or empty,
/// `${name:+word}` is `word` where it is not (dnf 5). Names match in lower case too, as with yum. A backslash keeps
/// `$`, `}` and itself from meaning anything. An unknown variable stays as text and is reported.
///
/// @param values by name, without `$`
public record Variables(Map<String, String> values) {
    /// What only the client's own machine could know.
    public static final Variables NONE = new Variables(Map.of());

    public static final String RELEASEVER = "releasever";
    public static final String BASEARCH = "basearch";
    public static final String ARCH = "arch";

    /// What stands for itself where nobody says otherwise: nearly every LAN's machines are of this kind.
    public static final Variables USUAL = new Variables(Map.of(BASEARCH, "x86_64"));

    /// `${a:-${b:-…}}` goes no deeper than this; nobody writes more than two.
    private static final int MAX_DEPTH = 16;

    public Variables {
        values = Map.copyOf(values);
    }

    /// A text with its variables replaced.
    ///
    /// @param text    the result
    /// @param unknown names that have no value, as written
    public record Expanded(String text, Set<String> unknown) {
        public Expanded {
            unknown = Set.copyOf(unknown);
        }
    }

    /// These with another one, or another value of one.
    public Variables with(String name, String value) {
        Map<String, String> more = new HashMap<>(values);
        more.put(name, value);
        return new Variables(more);
    }

    /// The value of a name: as written, in lower case, or derived: `releasever_major` and `releasever_minor` from
    /// `releasever`, `arch` from `basearch`; else what a plain installation of CentOS or Rocky has in /etc/yum/vars
    /// and /etc/dnf/vars.
    public Optional<String> value(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String value = values.getOrDefault(name, values.get(lower));
        if (value != null) {
            return Optional.of(value);
        }
        return switch (lower) {
            case "releasever_major" -> value(RELEASEVER).map(v -> v.replaceFirst("\\..*", ""));
            case "releasever_minor" ->
                value(RELEASEVER).map(v -> v.contains(".") ? v.substring(v.indexOf('.') + 1) : "");
            case ARCH -> value(BASEARCH).map(a -> a.equals("i386") ? "i686" : a);
            case "stream" -> value(RELEASEVER).map(v -> v.endsWith("-stream") ? v : v + "-stream");
            case "contentdir" -> Optional.of("centos");
            case "infra" -> Optional.of("stock");
            case "rltype" -> Optional.of("");
            default -> Optional.empty();
        };
    }

    /// Replaces the variables of a text.
    public Expanded expand(String text) {
        Set<String> unknown = new LinkedHashSet<>();
        return new Expanded(expand(text, unknown, 0), unknown);
    }

    private String expand(String text, Set<String> unknown, int depth) {
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && "$}\\".indexOf(text.charAt(i + 1)) >= 0) {
                out.append(text.charAt(i + 1));
                i += 2;
            } else if (c == '$' && i + 1 < text.length() && text.charAt(i + 1) == '{') {
                int end = depth < MAX_DEPTH ? closing(text, i + 2) : -1;
                if (end < 0) {
                    return out.append(text, i, text.length()).toString();
                }
                out.append(braced(text.substring(i, end + 1), unknown, depth));
                i = end + 1;
            } else if (c == '$') {
                int end = endOfName(text, i + 1);
                out.append(plain(text.substring(i, end), unknown));
                i = end;
            } else {
                out.append(c);
                i++;
            }
        }
        return out.toString();
    }

    private String plain(String written, Set<String> unknown) {
        String name = written.substring(1);
        if (name.isEmpty()) {
            return written;
        }
        return value(name).orElseGet(() -> {
            unknown.add(name);
            return written;
        });
    }

    /// @param written from `${` to `}`
    private String braced(String written, Set<String> unknown, int depth) {
        int end = endOfName(written, 2);
        String name = written.substring(2, end);
        String rest = written.substring(end, written.length() - 1);
        boolean filled = value(name).filter(v -> !v.isEmpty()).isPresent();
        if (!name.isEmpty() && rest.startsWith(":-")) {
            return filled ? value(name).orElseThrow() : expand(rest.substring(2), unknown, depth + 1);
        }
        if (!name.isEmpty() && rest.startsWith(":+")) {
            return filled ? expand(rest.substring(2), unknown, depth + 1) : "";
        }
        if (name.isEmpty() || !rest.isEmpty()) {
            return written;
        }
        return value(name).orElseGet(() -> {
            unknown.add(name);
            return written;
        });
    }

    private static int endOfName(String text, int start) {
        int end = start;
        while (end < text.length() && isNameCharacter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isNameCharacter(char c) {
        return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /// Where the brace closes that was opened before this place; −1: nowhere.
    private static int closing(String text, int start) {
        int open = 1;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '{' && text.charAt(i - 1) == '$') {
                open++;
            } else if (c == '}' && --open == 0) {
                return i;
            }
        }
        return -1;
    }
}
