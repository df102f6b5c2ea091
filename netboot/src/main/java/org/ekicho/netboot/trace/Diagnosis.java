package org.ekicho.netboot.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.netboot.policy.BootStep;
import org.ekicho.wire.MacAddress;

/// The verdict over one attempt: what went wrong, what became of it all the same, and what to type next.
///
/// @param verdict what is said
/// @param outcome what became of the attempt; a failure on the way may still have ended in a boot
/// @param facts   that the sentence is filled in with
/// @param ofWay   what is said of the way in which it was served: a fault of the way that was got over, or that a
///                later failure hides; else the verdict
/// @param rescue  how it went on after the failure; empty text when it did not
/// @param notes   further plain sentences: what looks like a failure and is none, who answered, what was slow
public record Diagnosis(
        MacAddress mac,
        BootVerdict verdict,
        BootVerdict ofWay,
        Outcome outcome,
        Map<String, String> facts,
        String rescue,
        List<String> notes) {
    public Diagnosis {
        facts = Map.copyOf(facts);
        notes = List.copyOf(notes);
    }

    /// The sentence in full.
    public String sentence() {
        String sentence = Words.fill(verdict.sentence(), facts);
        return rescue.isEmpty() ? sentence : sentence + " " + rescue;
    }

    /// The command to type next, to see more or to mend it.
    public String command() {
        return Words.fill(verdict.command(), facts);
    }

    /// The command that makes a medium for this machine; only when it did not boot and a medium would help.
    public Optional<String> medium() {
        return outcome == Outcome.FAILED && verdict.mediumHelps()
                ? Optional.of("ekicho boot media --machine " + mac + " -o " + mac.withDashes() + ".iso")
                : Optional.empty();
    }

    /// The verdict over an attempt of this machine.
    ///
    /// @param now of the events' clock; for a capture that has ended the time of its last packet
    public static Diagnosis of(MachineTrace machine, BootAttempt attempt, long now) {
        OptionalLong next = machine.attempts().stream()
                .filter(other -> other.number() > attempt.number())
                .mapToLong(BootAttempt::startedAt)
                .findFirst();
        List<BootTry> tries = BootTry.of(attempt, next);
        List<Evidence> evidence = tries.stream().map(Evidence::new).toList();
        List<Optional<Finding>> findings = new ArrayList<>();
        for (int i = 0; i < tries.size(); i++) {
            findings.add(new TryDoctor(evidence.get(i), tries.get(i).nextAt(), now).find());
        }
        return new Judge(machine, attempt, evidence, findings, now).judge();
    }

    /// Weighs the findings of the tries.
    private record Judge(
            MachineTrace machine,
            BootAttempt attempt,
            List<Evidence> tries,
            List<Optional<Finding>> findings,
            long now) {
        Diagnosis judge() {
            Evidence last = tries.getLast();
            boolean lastWell = findings.getLast().isEmpty();
            boolean booted = lastWell && booted(last);
            Optional<Finding> worst = worst();
            Optional<BootEvent.Decided> alone = leftAlone(last);
            if (restartedAfterInstallation(last)) return say(BootVerdict.RESTARTS, Outcome.FAILED, Map.of(), "");
            if (booted) {
                return worst.map(one -> say(one.verdict(), Outcome.BOOTED, one.facts(), wentOn(one, "booted")))
                        .orElseGet(() -> well(last));
            }
            if (alone.isPresent() && (lastWell || last.program().isEmpty())) {
                boolean disk = alone.get().step() instanceof BootStep.LocalDisk;
                String why = alone.get().step().why().sentence();
                return say(
                        disk ? BootVerdict.LEFT_TO_DISK : BootVerdict.NOT_ANSWERED,
                        Outcome.LEFT_ALONE,
                        Map.of("why", why),
                        "");
            }
            if (worst.isPresent()) {
                Finding one = worst.get();
                return lastWell
                        ? say(one.verdict(), Outcome.GOING_ON, one.facts(), wentOn(one, "is still under way"))
                        : say(one.verdict(), Outcome.FAILED, one.facts(), "");
            }
            return say(BootVerdict.GOING_ON, Outcome.GOING_ON, Map.of("stage", stage(last)), "");
        }

        /// The furthest failure; of several as far the first, which is what the others followed from.
        private Optional<Finding> worst() {
            Optional<Finding> worst = Optional.empty();
            for (Optional<Finding> finding : findings) {
                if (finding.isEmpty()) continue;
                if (worst.isEmpty()
                        || finding.get().verdict().depth()
                                > worst.get().verdict().depth()) worst = finding;
            }
            return worst;
        }

        private static boolean booted(Evidence last) {
            boolean talking = last.loaderAt().isPresent()
                    && last.talks.stream()
                            .anyMatch(talk -> !talk.over()
                                    && talk.atNanos() >= last.loaderAt().getAsLong());
            return last.installerFed()
                    || last.installerSeen()
                    || last.kernelAt().isPresent()
                    || talking;
        }

        private Diagnosis well(Evidence last) {
            if (last.reported("done")) return say(BootVerdict.INSTALLED, Outcome.BOOTED, Map.of(), "");
            List<SlowSpots.Spot> slow = SlowSpots.of(attempt);
            String how = how(last);
            return slow.isEmpty()
                    ? say(BootVerdict.BOOTED, Outcome.BOOTED, Map.of("how", how), "")
                    : say(
                            BootVerdict.BOOTED_SLOW,
                            Outcome.BOOTED,
                            Map.of("how", how, "slow", SlowSpots.words(slow)),
                            "");
        }

        private static String how(Evidence last) {
            if (last.installerSeen()) return ": its installer runs";
            if (last.kernelAt().isEmpty()) return ": its loader runs and fetches by HTTP, which this capture cuts";
            long bytes = last.talks.stream()
                    .mapToLong(BootEvent.Conversation::received)
                    .max()
                    .orElse(0);
            return bytes > 0
                    ? ": its loader fetched " + Words.bytes(bytes) + ", which is kernel and initrd"
                    : ": kernel and initrd were fetched";
        }

        private String wentOn(Finding failure, String end) {
            int failed = findings.indexOf(Optional.of(failure));
            for (int i = failed + 1; i < tries.size(); i++) {
                Optional<BootStage> stage = tries.get(i).firmware;
                if (stage.equals(Optional.of(BootStage.HTTP_ROM))) {
                    return "The firmware went on to HTTP Boot and " + end + ".";
                }
            }
            return failed + 1 < tries.size() ? "The firmware tried again and " + end + "." : "It " + end + ".";
        }

        private static Optional<BootEvent.Decided> leftAlone(Evidence last) {
            if (last.decided.isEmpty()) return Optional.empty();
            BootEvent.Decided decided = last.decided.getLast();
            return switch (decided.step()) {
                case BootStep.LocalDisk _, BootStep.Silence _ -> Optional.of(decided);
                case BootStep.ByTftp _, BootStep.ByHttp _ -> Optional.empty();
            };
        }

        /// An earlier attempt ended with an installation, no order came since, and this one fetched a kernel again.
        private boolean restartedAfterInstallation(Evidence last) {
            if (last.kernelAt().isEmpty() && !last.installerSeen()) return false;
            Optional<BootAttempt> before = machine.attempts().stream()
                    .filter(other -> other.number() < attempt.number() && doneIn(other))
                    .reduce((_, later) -> later);
            if (before.isEmpty() || doneIn(attempt)) return false;
            long since = before.get().startedAt();
            return machine.orders().stream()
                    .noneMatch(order -> order.change() == OrderChange.ARMED && order.atNanos() > since);
        }

        private static boolean doneIn(BootAttempt attempt) {
            return attempt.events().stream()
                    .anyMatch(event -> event instanceof BootEvent.Report report
                            && report.phase().equals("done"));
        }

        private static String stage(Evidence last) {
            if (last.loaderAt().isPresent()) return "its loader is at work";
            if (last.program().isPresent()) return "its firmware has fetched a program";
            if (!last.transfers.isEmpty()) return "its firmware is fetching";
            if (!last.acks.isEmpty()) return "it has an address";
            return last.discovers.isEmpty() ? "nothing has been asked for yet" : "it asks for an address";
        }

        private Diagnosis say(BootVerdict verdict, Outcome outcome, Map<String, String> facts, String rescue) {
            Map<String, String> all = new HashMap<>(facts);
            all.put("mac", machine.mac().toString());
            return new Diagnosis(
                    machine.mac(), verdict, ofWay(verdict), outcome, all, rescue, Notes.of(attempt, verdict));
        }

        private BootVerdict ofWay(BootVerdict verdict) {
            return findings.stream()
                    .flatMap(Optional::stream)
                    .map(Finding::verdict)
                    .filter(one -> one.isFailure() && one.trouble() != BootVerdict.Trouble.AFTER)
                    .max(Comparator.comparingInt(BootVerdict::depth))
                    .orElse(verdict);
        }
    }
}
