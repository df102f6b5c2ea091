package org.ekicho.mirror.sync;

import java.time.Instant;
import java.util.OptionalLong;
import org.ekicho.mirror.repodata.Repomd;
import org.ekicho.mirror.repodata.RepomdRecord;
import org.ekicho.mirror.xml.Numbers;

/// The youngest state of an upstream that was ever accepted: what an attacker who replays an old one, or a mirror that
/// lags, must not fall below.
///
/// @param revision  repomd.xml's revision, when it is a number
/// @param timestamp the largest timestamp of its records, seconds since 1970; 0: none
public record Seen(OptionalLong revision, long timestamp) {
    /// Nothing was seen yet.
    public static final Seen NOTHING = new Seen(OptionalLong.empty(), 0);

    /// What a repomd.xml shows.
    public static Seen of(Repomd repomd) {
        long revision = Numbers.parse(repomd.revision(), -1);
        long timestamp = 0;
        for (RepomdRecord record : repomd.records()) {
            timestamp = Math.max(timestamp, record.timestamp());
        }
        return new Seen(revision < 0 ? OptionalLong.empty() : OptionalLong.of(revision), timestamp);
    }

    /// Both together: the younger of each.
    public Seen and(Seen other) {
        OptionalLong younger = revision.isPresent() && other.revision.isPresent()
                ? OptionalLong.of(Math.max(revision.getAsLong(), other.revision.getAsLong()))
                : revision.isPresent() ? revision : other.revision;
        return new Seen(younger, Math.max(timestamp, other.timestamp));
    }

    /// Whether this state is older than another: by revision where both have one, and by timestamp where they do not
    /// or where the revisions are the same.
    public boolean isOlderThan(Seen other) {
        if (revision.isPresent() && other.revision.isPresent()) {
            int order = Long.compare(revision.getAsLong(), other.revision.getAsLong());
            if (order != 0) {
                return order < 0;
            }
        }
        return timestamp > 0 && other.timestamp > 0 && timestamp < other.timestamp;
    }

    /// For a message: `revision 17 of 2026-11-27T10:15:00Z`.
    public String words() {
        return "revision " + (revision.isPresent() ? Long.toString(revision.getAsLong()) : "unknown") + " of "
                + Instant.ofEpochSecond(timestamp);
    }
}
