package org.ekicho.web.lists;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The newest `<timestamp>` in a repomd.xml, as yum 3 computes it. The file was read and checked before it was
/// published, so that looking for the elements is enough.
public final class RepomdTime {
    private static final Pattern TIMESTAMP =
            Pattern.compile("<timestamp>\\s*([0-9]{1,18})(?:\\.[0-9]+)?\\s*</timestamp>");

    private RepomdTime() {}

    /// Seconds since 1970; 0 when there is none.
    public static long newest(byte[] repomd) {
        long newest = 0;
        Matcher matcher = TIMESTAMP.matcher(new String(repomd, StandardCharsets.UTF_8));
        while (matcher.find()) {
            newest = Math.max(newest, Long.parseLong(matcher.group(1)));
        }
        return newest;
    }
}
