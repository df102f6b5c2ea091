package org.ekicho.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ekicho.daemon.mirror.publish.Move;
import org.ekicho.daemon.mirror.publish.Publishing;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.snapshot.ChannelState;
import org.ekicho.mirror.snapshot.SnapshotDiff;

/// What a command did, or would do, to a channel.
///
/// @param channel   its name
/// @param done      whether it was done: false for a dry run
/// @param number    of the channel's state now; 0 when there is none
/// @param snapshots what the channel points to now, by repository
/// @param moves     what changes
/// @param warnings  what some clients will make of it
record MoveReport(
        String channel,
        boolean done,
        int number,
        Map<String, String> snapshots,
        List<Change> moves,
        List<String> warnings) {
    /// Paths named in a warning; the rest is a number.
    private static final int NAMED = 5;

    /// One repository's change.
    ///
    /// @param from empty when the channel did not have it
    record Change(
            String repo, String from, String to, int added, int removed, int upgraded, int downgraded, int altered) {
        static Change of(Move move) {
            SnapshotDiff none =
                    new SnapshotDiff(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
            SnapshotDiff diff = move.diff().orElse(none);
            return new Change(
                    move.to().repo().text(),
                    move.from().map(ref -> ref.id().text()).orElse(""),
                    move.to().id().text(),
                    diff.added().size(),
                    diff.removed().size(),
                    diff.upgraded().size(),
                    diff.downgraded().size(),
                    diff.altered().size());
        }

        String sentence() {
            if (from.isEmpty()) {
                return repo + ": new in the channel, " + to;
            }
            List<String> counts = new ArrayList<>();
            count(counts, added, "added");
            count(counts, removed, "removed");
            count(counts, upgraded, "upgraded");
            count(counts, downgraded, "downgraded");
            count(counts, altered, "with other bytes");
            return repo + ": " + from + " -> " + to + " ("
                    + (counts.isEmpty() ? "the same newest packages" : String.join(", ", counts)) + ")";
        }

        private static void count(List<String> counts, int number, String word) {
            if (number > 0) {
                counts.add(number + " " + word);
            }
        }
    }

    MoveReport {
        snapshots = new TreeMap<>(snapshots);
        moves = List.copyOf(moves);
        warnings = List.copyOf(warnings);
    }

    /// What would be done.
    static MoveReport planned(ChannelName channel, List<Move> moves, Publishing publishing) {
        return new MoveReport(
                channel.text(), false, 0, Map.of(), changes(moves), warnings(channel, "N", moves, publishing));
    }

    /// What was done.
    static MoveReport done(ChannelState state, List<Move> moves, Publishing publishing) {
        Map<String, String> snapshots = new TreeMap<>();
        state.snapshots().forEach((repo, id) -> snapshots.put(repo.text(), id.text()));
        return new MoveReport(
                state.channel().text(),
                true,
                state.number(),
                snapshots,
                changes(moves),
                warnings(state.channel(), String.valueOf(state.number()), moves, publishing));
    }

    /// The same with further warnings.
    MoveReport with(List<String> more) {
        List<String> all = new ArrayList<>(warnings);
        all.addAll(more);
        return new MoveReport(channel, done, number, snapshots, moves, all);
    }

    private static List<Change> changes(List<Move> moves) {
        return moves.stream().map(Change::of).toList();
    }

    private static List<String> warnings(ChannelName channel, String state, List<Move> moves, Publishing publishing) {
        List<String> warnings = new ArrayList<>();
        for (Move move : moves) {
            if (!move.conflicts().isEmpty()) {
                warnings.add(move.to().repo() + ": " + move.conflicts().size()
                        + (move.conflicts().size() == 1 ? " file has" : " files have")
                        + " other bytes under the same path than before, so that a client in the middle of an update"
                        + " may be told of a wrong checksum once; those that come by mirrorlist are not: "
                        + String.join(
                                ", ",
                                move.conflicts()
                                        .subList(
                                                0,
                                                Math.min(NAMED, move.conflicts().size())))
                        + (move.conflicts().size() > NAMED ? " …" : ""));
            }
            if (move.age() == Move.Age.OLDER
                    && publishing.mayServeYum3(move.to().repo())) {
                warnings.add(move.to().repo()
                        + ": its repomd.xml is older than one that clients have, and yum 3 (CentOS"
                        + " 5 to 7) goes on with what it has until it is cleaned; type \"yum clean metadata\" there, or"
                        + " \"ekicho mirror rollback " + channel + " --to " + state + " --fresh-timestamps\" here");
            }
        }
        return warnings;
    }

    void print(Screen screen) {
        if (moves.isEmpty()) {
            screen.line(channel + " points there already; nothing " + (done ? "was" : "would be") + " changed");
            return;
        }
        moves.forEach(move -> screen.line((done ? "" : "would point ") + channel + "/" + move.sentence()));
        warnings.forEach(warning -> screen.line(screen.warn("warning: ") + warning));
        if (done) {
            screen.line(channel + " is in state " + number + " now");
        }
    }
}
