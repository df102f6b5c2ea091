package org.ekicho.mirror.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a User-Agent says of itself. It is what the client claims, no more.
///
/// ```text
/// libdnf (Debian GNU/Linux 12; generic; Linux.x86_64)          dnf 4, dnf 5, PackageKit
/// urlgrabber/3.10 yum/3.4.3                                    yum 3
/// librepo/1.14.5   curl/7.88.1   Wget/1.21.3   dnf/2.7.5       name and version
/// ZYpp 17.31.2 (curl 8.0.1) openSUSE-Leap-15.5-x86_64          zypper
/// ```
///
/// @param tool    the program, with its version when it says one
/// @param os      empty: not said
/// @param arch    empty: not said
public record Agent(String tool, String os, String arch) {
    /// Longest part that is kept, in characters.
    private static final int MAX_PART = 60;

    private static final Pattern LIBDNF =
            Pattern.compile("(libdnf5?(?:/\\S+)?|dnf5?(?:/\\S+)?) \\(([^;]*);([^;]*);\\s*([^;)]*)\\).*");
    private static final Pattern YUM = Pattern.compile(".*?\\byum/(\\S+).*");
    private static final Pattern ZYPP = Pattern.compile("(ZYpp \\S+)(?: \\([^)]*\\))?(?: (\\S+)-([a-z0-9_]+))?.*");
    private static final Pattern PRODUCT = Pattern.compile("([^\\s()/]+)(?:/(\\S+))?.*");

    /// What this text says; all empty for a text that says nothing.
    public static Agent parse(String text) {
        Matcher libdnf = LIBDNF.matcher(text);
        if (libdnf.matches()) {
            return new Agent(part(libdnf.group(1)), part(libdnf.group(2)), arch(libdnf.group(4)));
        }
        Matcher yum = YUM.matcher(text);
        if (yum.matches()) {
            return new Agent("yum/" + part(yum.group(1)), "", "");
        }
        Matcher zypp = ZYPP.matcher(text);
        if (zypp.matches()) {
            return new Agent(part(zypp.group(1)), part(orEmpty(zypp.group(2))), part(orEmpty(zypp.group(3))));
        }
        Matcher product = PRODUCT.matcher(text);
        if (product.matches()) {
            String version = orEmpty(product.group(2));
            return new Agent(part(product.group(1) + (version.isEmpty() ? "" : "/" + version)), "", "");
        }
        return new Agent("", "", "");
    }

    /// `Linux.x86_64` is system and architecture.
    private static String arch(String system) {
        return part(system.substring(system.lastIndexOf('.') + 1));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /// Printable, without blanks around, of bounded length.
    private static String part(String text) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < text.length() && clean.length() < MAX_PART; i++) {
            char c = text.charAt(i);
            clean.append(c < ' ' || c > '~' ? '?' : c);
        }
        return clean.toString().strip();
    }
}
