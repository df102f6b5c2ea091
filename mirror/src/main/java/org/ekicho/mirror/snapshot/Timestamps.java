package org.ekicho.mirror.snapshot;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The timestamps in repomd.xml. yum 3 (CentOS 5 to 7) takes the newest of them for the age of the repository and goes
/// on
/// with its old metadata when an older one is offered, so that a rollback never reaches it (yum: `yumRepo.py`,
/// `_groupCheckDataMDNewer`). A copy of the old repomd.xml with newer timestamps does.
public final class Timestamps {
    /// Digits before a point: some tools write fractions of a second.
    private static final Pattern TIMESTAMP =
            Pattern.compile("(<(?:[A-Za-z]+:)?timestamp\\s*>\\s*)([0-9]{1,18})(?:\\.[0-9]*)?(\\s*</)");

    private Timestamps() {}

    /// The newest timestamp, seconds since 1970; 0 when there is none.
    public static long newest(String repomd) {
        long newest = 0;
        Matcher found = TIMESTAMP.matcher(repomd);
        while (found.find()) {
            newest = Math.max(newest, Long.parseLong(found.group(2)));
        }
        return newest;
    }

    /// The same text with all timestamps moved by the same time, so that the newest one is as told. Nothing else
    /// changes.
    public static String move(String repomd, long newestSeconds) {
        long shift = newestSeconds - newest(repomd);
        return TIMESTAMP
                .matcher(repomd)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) + Math.max(1, Long.parseLong(found.group(2)) + shift) + found.group(3)));
    }
}
