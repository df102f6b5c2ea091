package org.ekicho.mirror.sync;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.ekicho.mirror.metadata.PackageEntry;

/// Patterns of package names as dnf knows them: `bash`, `kernel*`, `glibc.i686`, `bash-5.1*`,
/// `bash-0:5.1.8-6.el9.x86_64`.
/// `*` is any letters, `?` one, `[a-c]` one of some.
final class Globs {
    private final Set<String> literals = new HashSet<>();
    private final Map<String, Predicate<String>> patterns = new LinkedHashMap<>();

    Globs(Collection<String> globs) {
        for (String glob : globs) {
            if (glob.indexOf('*') < 0 && glob.indexOf('?') < 0 && glob.indexOf('[') < 0) {
                literals.add(glob);
            } else {
                patterns.put(glob, Pattern.compile(regex(glob), Pattern.DOTALL).asMatchPredicate());
            }
        }
    }

    boolean isEmpty() {
        return literals.isEmpty() && patterns.isEmpty();
    }

    /// Whether any pattern means this package, in any of the forms in which dnf writes it.
    boolean match(PackageEntry entry) {
        return !isEmpty() && !matching(entry).isEmpty();
    }

    /// The patterns that mean this package.
    Set<String> matching(PackageEntry entry) {
        String name = entry.name();
        String arch = "." + entry.arch();
        String version = entry.evr().version() + "-" + entry.evr().release();
        String epoch = entry.evr().epoch();
        List<String> forms = List.of(
                name,
                name + arch,
                name + "-" + version,
                name + "-" + version + arch,
                name + "-" + epoch + ":" + version,
                name + "-" + epoch + ":" + version + arch);
        Set<String> matching = new HashSet<>();
        for (String form : forms) {
            if (literals.contains(form)) {
                matching.add(form);
            }
        }
        patterns.forEach((glob, pattern) -> {
            if (forms.stream().anyMatch(pattern)) {
                matching.add(glob);
            }
        });
        return matching;
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            int close = c == '[' ? glob.indexOf(']', i + 2) : -1;
            if (c == '*') {
                regex.append(regex.toString().endsWith(".*") ? "" : ".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (close > 0) {
                String inside = glob.substring(i + 1, close);
                boolean not = inside.startsWith("!") || inside.startsWith("^");
                regex.append(not ? "[^" : "[")
                        .append(escapeInside(inside.substring(not ? 1 : 0)))
                        .append(']');
                i = close;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }

    /// Letters of a set; a dash stands for a range only between two letters in order.
    private static String escapeInside(String inside) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            boolean range =
                    c == '-' && i > 0 && i + 1 < inside.length() && inside.charAt(i - 1) <= inside.charAt(i + 1);
            escaped.append(range || Character.isLetterOrDigit(c) ? "" : "\\").append(c);
        }
        return escaped.toString();
    }
}
