package org.ekicho.mirror.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;

/// A state of a channel as text.
///
/// ```text
/// ekicho-channel 1
/// channel prod
/// number 7
/// since 2026-11-27T10:15:00Z
/// why promote%20from%20test
/// repos 1
/// baseos⇥20261127T101500Z-3f2a9c01
/// end
/// ```
public final class ChannelCodec {
    /// Repositories of one channel; sites have some dozens.
    public static final int MAX_REPOS = 100_000;

    private static final String MAGIC = "ekicho-channel 1";
    private static final String END = "end";

    private ChannelCodec() {}

    public static byte[] format(ChannelState state) {
        StringBuilder text = new StringBuilder(500);
        text.append(MAGIC).append('\n');
        text.append("channel ").append(state.channel()).append('\n');
        text.append("number ").append(state.number()).append('\n');
        text.append("since ").append(state.since()).append('\n');
        text.append("why ").append(Escapes.format(state.why())).append('\n');
        text.append("repos ").append(state.snapshots().size()).append('\n');
        state.sorted()
                .forEach((repo, id) -> text.append(repo).append('\t').append(id).append('\n'));
        text.append(END).append('\n');
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /// @throws ManifestException when it is anything else than what [#format] writes
    public static ChannelState parse(InputStream in) throws IOException {
        LineSource lines = new LineSource(in);
        if (!lines.next().equals(Optional.of(MAGIC))) {
            throw lines.problem(1, "\"" + MAGIC + "\" is expected");
        }
        String channel = lines.value("channel");
        if (!ChannelName.isValid(channel)) {
            throw lines.problem(9, "no name of a channel");
        }
        long number = lines.number("number");
        if (number < 1 || number > Integer.MAX_VALUE) {
            throw lines.problem(8, "no number of a state");
        }
        Instant since = instant(lines);
        String why = lines.text("why");
        long count = lines.number("repos");
        if (count > MAX_REPOS) {
            throw lines.problem(7, "more than " + MAX_REPOS + " repositories");
        }
        Map<RepoId, SnapshotId> snapshots = new TreeMap<>();
        String last = "";
        for (long i = 0; i < count; i++) {
            String line = lines.next().orElseThrow(() -> lines.problem(1, "the text is cut off"));
            int tab = line.indexOf('\t');
            if (tab < 0 || !RepoId.isValid(line.substring(0, tab)) || !SnapshotId.isValid(line.substring(tab + 1))) {
                throw lines.problem(1, "the ids of a repository and of a snapshot are expected, a tab between");
            }
            if (line.substring(0, tab).compareTo(last) <= 0) {
                throw lines.problem(1, "a repository is there twice or out of order");
            }
            last = line.substring(0, tab);
            snapshots.put(new RepoId(last), new SnapshotId(line.substring(tab + 1)));
        }
        if (!lines.next().equals(Optional.of(END))) {
            throw lines.problem(1, "\"end\" is expected after " + count + " repositories");
        }
        lines.nothingMore();
        return new ChannelState(new ChannelName(channel), (int) number, since, why, snapshots);
    }

    private static Instant instant(LineSource lines) throws IOException {
        String text = lines.value("since");
        try {
            Instant since = Instant.parse(text);
            if (since.toString().equals(text)) {
                return since;
            }
        } catch (DateTimeException e) {
            throw lines.problem(7, "no point in time: " + e.getMessage());
        }
        throw lines.problem(7, "no point in time as Ekicho writes it");
    }
}
