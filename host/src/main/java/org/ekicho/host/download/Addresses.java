package org.ekicho.host.download;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Addresses of files.
public final class Addresses {
    private static final String PLAIN = "-._~!$&'()*+,;=:@/";

    private Addresses() {}

    /// The address of a file of a repository. What a URL cannot hold (`^`, spaces, letters beyond ASCII) is written as
    /// `%XX`; a `%XX` that stands there already is left alone, as dnf does.
    ///
    /// @param base address of the repository, with or without a slash at the end
    /// @param path relative to it
    public static Optional<URI> join(String base, String path) {
        String folder = base.endsWith("/") ? base : base + "/";
        return parse(folder + escaped(path));
    }

    /// An address as a person wrote it; empty when it is none, or has no host where its kind needs one.
    public static Optional<URI> parse(String text) {
        try {
            URI uri = new URI(text.strip().replace(" ", "%20"));
            boolean needsHost = "http".equals(scheme(uri)) || "https".equals(scheme(uri));
            return uri.isAbsolute() && !(needsHost && uri.getHost() == null) ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /// As it may be shown: without name and password.
    public static String shown(URI address) {
        String text = address.toString();
        String secret = address.getRawUserInfo();
        return secret == null ? text : text.replace(secret + "@", "");
    }

    /// The same for text that need not be an address.
    public static String shown(String address) {
        return address.replaceFirst("^([A-Za-z][A-Za-z0-9+.-]*://)[^/@]*@", "$1");
    }

    static String scheme(URI address) {
        String scheme = address.getScheme();
        return scheme == null ? "" : scheme.toLowerCase(java.util.Locale.ROOT);
    }

    private static String escaped(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder(bytes.length + 8);
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i] & 0xff;
            boolean escape = b == '%' && i + 2 < bytes.length && isHex(bytes[i + 1]) && isHex(bytes[i + 2]);
            if (escape || isPlain(b)) {
                out.append((char) b);
            } else {
                out.append('%').append(Character.forDigit(b >> 4, 16)).append(Character.forDigit(b & 15, 16));
            }
        }
        return out.toString();
    }

    private static boolean isPlain(int b) {
        boolean alphanumeric = (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
        return alphanumeric || (b < 128 && PLAIN.indexOf(b) >= 0);
    }

    private static boolean isHex(byte b) {
        return Character.digit(b, 16) >= 0;
    }
}
