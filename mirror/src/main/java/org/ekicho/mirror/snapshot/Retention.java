package org.ekicho.mirror.snapshot;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.ekicho.mirror.settings.RepoId;

/// Decides what may go. Whatever is current somewhere, was current within the grace time, is what a rollback would go
/// back to, or is pinned is in use and stays, whoever asks.
///
/// @param kept    snapshots that stay, each with every reason
/// @param going   snapshots that go
/// @param refused what an admin named and cannot be removed, because it is in use
/// @param states  old states of channels that go
public record Retention(List<Kept> kept, List<SnapshotRef> going, List<Kept> refused, List<ChannelState> states) {
    /// States of a channel that are kept for the history; their snapshots may be gone.
    public static final int MAX_HISTORY = 100;

    public Retention {
        kept = List.copyOf(kept);
        going = List.copyOf(going);
        refused = List.copyOf(refused);
        states = List.copyOf(states);
    }

    /// A snapshot that stays, and why.
    public record Kept(SnapshotRef snapshot, List<Keeping> reasons) {
        public Kept {
            reasons = List.copyOf(reasons);
        }
    }

    public static Retention plan(RetentionFacts facts) {
        Map<SnapshotRef, List<Keeping>> reasons = new TreeMap<>();
        facts.snapshots().forEach(ref -> reasons.put(ref, new ArrayList<>()));
        for (List<ChannelState> history : facts.channels()) {
            keepShown(history, facts, reasons);
        }
        facts.pins().forEach((ref, why) -> add(reasons, ref, Keeping.Rule.PINNED, why));
        keepNewest(facts, reasons);
        return verdict(facts, reasons);
    }

    private static void keepShown(
            List<ChannelState> history, RetentionFacts facts, Map<SnapshotRef, List<Keeping>> reasons) {
        // From the latest back, so that the latest end of a snapshot's time counts.
        Set<SnapshotRef> graced = new HashSet<>();
        for (int i = history.size() - 1; i >= 0; i--) {
            ChannelState state = history.get(i);
            boolean current = i == history.size() - 1;
            Instant until = current ? Instant.MAX : history.get(i + 1).since().plus(facts.grace());
            Map<RepoId, SnapshotId> now = history.getLast().snapshots();
            state.snapshots().forEach((repo, id) -> {
                SnapshotRef ref = new SnapshotRef(repo, id);
                if (current) {
                    add(reasons, ref, Keeping.Rule.CURRENT, state.channel().text());
                } else if (!id.equals(now.get(repo)) && !until.isBefore(facts.now()) && graced.add(ref)) {
                    add(
                            reasons,
                            ref,
                            Keeping.Rule.GRACE,
                            state.channel() + " until " + until.truncatedTo(ChronoUnit.SECONDS));
                }
            });
        }
        WayBack.next(history)
                .ifPresent(state -> state.snapshots().forEach((repo, id) -> {
                    if (!id.equals(history.getLast().snapshots().get(repo))) {
                        add(
                                reasons,
                                new SnapshotRef(repo, id),
                                Keeping.Rule.PREVIOUS,
                                state.channel().text());
                    }
                }));
    }

    private static void keepNewest(RetentionFacts facts, Map<SnapshotRef, List<Keeping>> reasons) {
        Map<RepoId, Integer> seen = new HashMap<>();
        for (SnapshotRef ref : new ArrayList<>(new TreeMap<>(reasons).descendingKeySet())) {
            int rank = seen.merge(ref.repo(), 1, Integer::sum);
            if (facts.asked().contains(ref)) {
                continue;
            }
            if (rank == 1 && !isShown(ref.repo(), facts)) {
                add(reasons, ref, Keeping.Rule.UNPUBLISHED, "the newest of its repository");
            } else if (rank <= facts.keep()) {
                add(reasons, ref, Keeping.Rule.NEWEST, String.valueOf(facts.keep()));
            }
        }
    }

    private static boolean isShown(RepoId repo, RetentionFacts facts) {
        return facts.channels().stream()
                .anyMatch(history ->
                        !history.isEmpty() && history.getLast().snapshots().containsKey(repo));
    }

    private static void add(
            Map<SnapshotRef, List<Keeping>> reasons, SnapshotRef ref, Keeping.Rule rule, String detail) {
        List<Keeping> known = reasons.get(ref);
        Keeping keeping = new Keeping(rule, detail);
        if (known != null && !known.contains(keeping)) {
            known.add(keeping);
        }
    }

    private static Retention verdict(RetentionFacts facts, Map<SnapshotRef, List<Keeping>> reasons) {
        List<Kept> kept = new ArrayList<>();
        List<SnapshotRef> going = new ArrayList<>();
        List<Kept> refused = new ArrayList<>();
        reasons.forEach((ref, why) -> {
            if (why.isEmpty()) {
                going.add(ref);
            } else {
                kept.add(new Kept(ref, why));
                if (facts.asked().contains(ref)) {
                    refused.add(new Kept(ref, why));
                }
            }
        });
        List<ChannelState> states = new ArrayList<>();
        for (List<ChannelState> history : facts.channels()) {
            for (int i = 0; i < history.size() - MAX_HISTORY; i++) {
                // A state that was current within the grace time is what views are made from: it stays even when there
                // are very many.
                if (history.get(i + 1).since().plus(facts.grace()).isBefore(facts.now())) {
                    states.add(history.get(i));
                }
            }
        }
        return new Retention(kept, going, refused, states);
    }
}
