package org.ekicho.ntp.selection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.ekicho.ntp.selection.Candidate.Trait;
import org.ekicho.ntp.settings.SelectionSettings;
import org.ekicho.ntp.view.SelectionStatus;

/// Chooses among sources: intersection, cluster, prefer, combine (RFC 5905 §11.2).
public final class Selector {
    private final SelectionSettings settings;
    private final OptionalInt current;
    private final Map<Integer, Verdict> verdicts = new HashMap<>();
    private String sentence = "";

    private Selector(SelectionSettings settings, OptionalInt current) {
        this.settings = settings;
        this.current = current;
    }

    /// @param candidates all at the same moment, ids distinct
    /// @param settings   limits
    /// @param current    the system peer so far: kept when another one is not clearly better
    public static Choice choose(List<Candidate> candidates, SelectionSettings settings, OptionalInt current) {
        return new Selector(settings, current).choose(candidates);
    }

    private Choice choose(List<Candidate> candidates) {
        List<Candidate> fit = new ArrayList<>();
        List<Candidate> lastResorts = new ArrayList<>();
        for (Candidate candidate : candidates) {
            String refusal = refusal(candidate);
            if (!refusal.isEmpty()) {
                verdicts.put(candidate.id(), new Verdict(SelectionStatus.REJECT, refusal));
            } else if (candidate.is(Trait.LAST_RESORT)) {
                lastResorts.add(candidate);
            } else {
                fit.add(candidate);
            }
        }
        List<Candidate> survivors = withoutExcess(truechimers(fit));
        if (survivors.size() < Math.max(1, settings.minSane())) {
            return withoutMajority(survivors, lastResorts);
        }
        lastResorts.forEach(c -> verdicts.put(
                c.id(),
                new Verdict(SelectionStatus.REJECT, "not needed: there is a better source than our own clock")));
        return follow(survivors);
    }

    /// Why a candidate takes no part at all; empty when it does.
    private String refusal(Candidate candidate) {
        if (candidate.is(Trait.NO_SELECT)) {
            return "noselect: measured and shown, never followed";
        }
        if (candidate.stratum() < settings.floor() || candidate.stratum() >= settings.ceiling()) {
            return String.format(
                    Locale.ROOT,
                    "its stratum %d is not within %d..%d",
                    candidate.stratum(),
                    settings.floor(),
                    settings.ceiling() - 1);
        }
        if (!(candidate.rootDistance() < settings.maxDist())) {
            return String.format(
                    Locale.ROOT,
                    "its error bound of %s is not below the limit of %s (tos maxdist)",
                    seconds(candidate.rootDistance()),
                    seconds(settings.maxDist()));
        }
        return "";
    }

    private List<Candidate> truechimers(List<Candidate> fit) {
        double[] reach = fit.stream()
                .mapToDouble(c -> c.rootDistance() + settings.minDist())
                .toArray();
        Intersection majority = Intersection.of(fit, reach);
        List<Candidate> survivors = new ArrayList<>();
        for (int i = 0; i < fit.size(); i++) {
            Candidate candidate = fit.get(i);
            double gap = gap(candidate.estimate().offsetSeconds(), reach[i], majority);
            if (candidate.is(Trait.TRUE_CHIMER) || (majority.isMajority() && gap <= 0)) {
                survivors.add(candidate);
            } else {
                verdicts.put(
                        candidate.id(), new Verdict(SelectionStatus.FALSETICK, lie(candidate, majority, fit.size())));
            }
        }
        if (!majority.isMajority() && !fit.isEmpty()) {
            sentence = disagreement(majority, fit.size());
        }
        survivors.sort(Comparator.comparingDouble(this::rank).thenComparingInt(Candidate::id));
        return survivors;
    }

    /// How far the nearer end of its interval is from the majority's.
    private static double gap(double offset, double reach, Intersection majority) {
        return Math.max(majority.low() - (offset + reach), offset - reach - majority.high());
    }

    private static String lie(Candidate candidate, Intersection majority, int all) {
        if (!majority.isMajority()) {
            return disagreement(majority, all);
        }
        double middle = (majority.low() + majority.high()) / 2;
        return String.format(
                Locale.ROOT,
                "falseticker: %s from the majority of %d sources",
                seconds(Math.abs(candidate.estimate().offsetSeconds() - middle)),
                majority.agree());
    }

    private static String disagreement(Intersection majority, int all) {
        return String.format(Locale.ROOT, "no majority: %d sources, of which %d agree at most", all, majority.agree());
    }

    /// Stratum first, then distance, as RFC 5905 §11.2.1 sorts its survivor list.
    private double rank(Candidate candidate) {
        return candidate.stratum() * settings.maxDist() + candidate.rootDistance();
    }

    private List<Candidate> withoutExcess(List<Candidate> survivors) {
        int kept = Math.max(1, settings.maxClock());
        if (survivors.size() <= kept) {
            return survivors;
        }
        for (Candidate candidate : survivors.subList(kept, survivors.size())) {
            verdicts.put(
                    candidate.id(),
                    new Verdict(
                            SelectionStatus.EXCESS,
                            String.format(
                                    Locale.ROOT, "not among the best %d sources (tos maxclock)", settings.maxClock())));
        }
        return survivors.subList(0, kept);
    }

    private Choice withoutMajority(List<Candidate> survivors, List<Candidate> lastResorts) {
        if (!survivors.isEmpty()) {
            sentence = String.format(
                    Locale.ROOT,
                    "too few good sources: %d, where %d are asked for (tos minsane)",
                    survivors.size(),
                    settings.minSane());
            survivors.forEach(c -> verdicts.put(c.id(), new Verdict(SelectionStatus.REJECT, sentence)));
        }
        Optional<Candidate> chosen = lastResorts.stream().min(Comparator.comparingDouble(this::rank));
        lastResorts.forEach(
                c -> verdicts.put(c.id(), new Verdict(SelectionStatus.REJECT, "not needed: another one is better")));
        if (chosen.isEmpty()) {
            return new Choice(verdicts, OptionalInt.empty(), List.of(), Optional.empty(), sentence);
        }
        return chosen(chosen.get(), List.of(chosen.get()));
    }

    private Choice follow(List<Candidate> survivors) {
        Cluster cluster = new Cluster(survivors);
        cluster.reduceTo(settings.minClock());
        cluster.outliers()
                .forEach(c -> verdicts.put(
                        c.id(),
                        new Verdict(SelectionStatus.OUTLIER, "outlier: scatters more than the others that agree")));
        List<Candidate> left = cluster.survivors();
        Optional<Candidate> preferred =
                left.stream().filter(c -> c.is(Trait.PREFER)).findFirst();
        if (preferred.isPresent()) {
            left.forEach(c ->
                    verdicts.put(c.id(), new Verdict(SelectionStatus.CANDIDATE, "good, but another one is preferred")));
            return chosen(preferred.get(), List.of(preferred.get()));
        }
        Candidate peer = steadyPeer(left);
        left.forEach(c -> verdicts.put(c.id(), new Verdict(SelectionStatus.CANDIDATE, "")));
        List<Candidate> combined = new ArrayList<>(left);
        combined.remove(peer);
        combined.addFirst(peer);
        return chosen(peer, combined);
    }

    /// The best survivor, or the system peer so far while it is of the same stratum and agrees with the best within
    /// `mindist`: hopping between equals gains nothing and changes what we tell our own clients.
    private Candidate steadyPeer(List<Candidate> survivors) {
        Candidate best = survivors.getFirst();
        for (Candidate candidate : survivors) {
            double difference = Math.abs(
                    candidate.estimate().offsetSeconds() - best.estimate().offsetSeconds());
            boolean isCurrent = current.isPresent() && current.getAsInt() == candidate.id();
            if (isCurrent && candidate.stratum() == best.stratum() && difference <= settings.minDist()) {
                return candidate;
            }
        }
        return best;
    }

    private Choice chosen(Candidate peer, List<Candidate> combined) {
        verdicts.put(peer.id(), new Verdict(SelectionStatus.SYS_PEER, ""));
        return new Choice(
                verdicts,
                OptionalInt.of(peer.id()),
                combined.stream().map(Candidate::id).toList(),
                Optional.of(Combination.of(combined)),
                "");
    }

    private static String seconds(double seconds) {
        return seconds < 0.1
                ? String.format(Locale.ROOT, "%.3f ms", seconds * 1e3)
                : String.format(Locale.ROOT, "%.3f s", seconds);
    }
}
