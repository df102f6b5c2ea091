package org.ekicho.netboot.trace.way;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ekicho.netboot.policy.BootWay;
import org.ekicho.netboot.policy.OfferForm;
import org.ekicho.netboot.trace.BootVerdict;
import org.ekicho.netboot.trace.Outcome;
import org.ekicho.wire.MacAddress;

/// Which way each machine is led next time: remembers what worked for it and for machines like it, and what failed.
/// Belongs to one thread.
public final class WayBook {
    /// Machines remembered; those heard of longest ago go first. Twice what the trace keeps.
    public static final int MAX_MACHINES = 4096;
    /// Models remembered.
    public static final int MAX_MODELS = 512;
    /// Ways remembered as failed for one machine: more than there are in any chain of changes.
    public static final int MAX_TRIED = 32;

    /// What is known of one machine.
    static final class Known {
        Optional<BootWay> next = Optional.empty();
        Optional<BootWay> worked = Optional.empty();
        final Set<BootWay> tried = new LinkedHashSet<>();
        long judged = Long.MIN_VALUE;

        void tried(BootWay way) {
            tried.add(way);
            if (tried.size() > MAX_TRIED) tried.remove(tried.iterator().next());
        }
    }

    private final Map<MacAddress, Known> machines = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<BootModel, BootWay> models = new LinkedHashMap<>(64, 0.75f, true);
    private final boolean automatic;

    private WayBook(boolean automatic) {
        this.automatic = automatic;
    }

    /// A book that changes ways by itself.
    public static WayBook automatic() {
        return new WayBook(true);
    }

    /// A book that always says the first way: the automatic change is switched off.
    public static WayBook off() {
        return new WayBook(false);
    }

    /// The way for the machine's next attempt: its own, else what worked for its model, else the first.
    public BootWay way(MacAddress mac, BootModel model, OfferForm form) {
        if (!automatic) return BootWay.first(form);
        Known known = machines.get(mac);
        Optional<BootWay> own = known == null ? Optional.empty() : known.next.or(() -> known.worked);
        return own.or(() -> Optional.ofNullable(models.get(model))).orElseGet(() -> BootWay.first(form));
    }

    /// Takes the verdict over an attempt. What is still under way says nothing; a failure counts once; a machine that
    /// was
    /// given up and came after all has worked.
    ///
    /// @param startedAt of the attempt, by which it is known
    /// @param way       that the attempt went
    /// @param choices   what there is to choose from
    /// @return the way of the next attempt, when it is another one
    public Optional<BootWay> judge(
            MacAddress mac,
            BootModel model,
            long startedAt,
            BootWay way,
            BootVerdict verdict,
            Outcome outcome,
            AnotherWay.Choices choices) {
        boolean tells = outcome == Outcome.BOOTED || outcome == Outcome.FAILED;
        if (!automatic || !tells) return Optional.empty();
        Known known = known(mac);
        boolean judged = known.judged == startedAt;
        known.judged = startedAt;
        if (!verdict.isFailure() || verdict.trouble() == BootVerdict.Trouble.AFTER) {
            worked(mac, way);
            model(model, way);
            return Optional.empty();
        }
        if (judged) return Optional.empty();
        known.tried(way);
        Optional<BootWay> next = AnotherWay.next(way, verdict, known.tried, choices);
        // With nothing left to try, what once worked is the best that is known.
        known.next = next.or(() -> known.worked).or(() -> Optional.of(way));
        return next;
    }

    /// Forgets what is known of a machine: after its network card or its place was changed.
    public void forget(MacAddress mac) {
        machines.remove(mac);
    }

    Known known(MacAddress mac) {
        Known known = machines.computeIfAbsent(mac, _ -> new Known());
        if (machines.size() > MAX_MACHINES)
            machines.remove(machines.keySet().iterator().next());
        return known;
    }

    void worked(MacAddress mac, BootWay way) {
        Known known = known(mac);
        known.worked = Optional.of(way);
        known.next = Optional.empty();
        known.tried.clear();
    }

    void model(BootModel model, BootWay way) {
        models.put(model, way);
        if (models.size() > MAX_MODELS) models.remove(models.keySet().iterator().next());
    }

    /// What is known of each machine, the one heard of last at the end; not to be changed.
    Map<MacAddress, Known> machines() {
        return machines;
    }

    /// What worked for each model; not to be changed.
    Map<BootModel, BootWay> models() {
        return models;
    }
}
