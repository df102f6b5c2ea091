package org.ekicho.mirror.metadata;

import java.util.Locale;

/// Addresses that a list of mirrors may name. Only `http` and `https` are followed: a list that names `file:` would
/// read
/// our own disk.
final class MirrorUrls {
    /// Longest address.
    static final int MAX_LENGTH = 2000;

    private MirrorUrls() {}

    static boolean isUsable(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        if (url.length() > MAX_LENGTH || (!lower.startsWith("http://") && !lower.startsWith("https://"))) {
            return false;
        }
        int host = url.indexOf("://") + 3;
        if (host == url.length() || url.charAt(host) == '/') {
            return false;
        }
        return url.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\' && c != '"' && c != '<' && c != '>');
    }
}
