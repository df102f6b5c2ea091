package org.ekicho.site.ntpconf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.ntpconf.Statement.Turn;

/// `enable`, `disable`, `fudge`, `tos`, `tinker`, `discard`, `ttl`: the switches and numbers.
final class TuningParser {
    private static final List<String> TOGGLES = List.of("auth", "bclient", "monitor", "ntp");

    /// Toggles that are known and have nothing to switch on.
    private static final Map<String, String> IDLE_TOGGLES = Map.of(
            "kernel", "the clock is steered by a loop of our own, through the kernel's frequency",
            "stats", "statistics files are not written",
            "calibrate", "reference clocks are not supported",
            "pps", "reference clocks are not supported",
            "mode7", "ntpdc's mode 7 is an amplifier and is never answered",
            "peer_clear_digest_early", "a bad packet never changes an association",
            "unpeer_crypto_early", "a bad packet never changes an association",
            "unpeer_crypto_nak_early", "a bad packet never changes an association",
            "unpeer_digest_early", "a bad packet never changes an association");

    private static final List<String> TOS = List.of(
            "minclock", "maxclock", "minsane", "floor", "ceiling", "mindist", "maxdist", "orphan", "orphanwait");
    private static final Map<String, String> IDLE_TOS = Map.of(
            "cohort", "orphans of equal stratum are told apart by their addresses",
            "beacon", "it belongs to manycast, which is not supported",
            "bcpollbstep", "a broadcast must always be newer than the newest one seen",
            "basedate", "the era of timestamps is taken from the clock");

    private static final List<String> TINKER = List.of("step", "stepout", "panic", "stepfwd", "stepback");
    private static final Map<String, String> IDLE_TINKER = Map.of(
            "allan", "the discipline chooses its own time constant",
            "dispersion", "error bounds grow by 15 ppm (RFC 5905)",
            "huffpuff", "the filter has no huff-n'-puff stage",
            "freq", "the frequency comes from the drift file",
            "tick", "the kernel's tick is left alone");

    private final Diagnostics problems;

    TuningParser(Diagnostics problems) {
        this.problems = problems;
    }

    Optional<Statement> toggle(ConfLine line, Turn turn) {
        List<Word> flags = new ArrayList<>();
        Grammar.required(
                        line, "what to " + line.keyword().text(), line.keyword().text() + " monitor", problems)
                .ifPresent(flags::add);
        flags.addAll(line.rest());
        List<Word> known = new ArrayList<>();
        for (Word flag : flags) {
            String idle = IDLE_TOGGLES.get(flag.text());
            if (TOGGLES.contains(flag.text())) {
                known.add(flag);
            } else if (idle == null) {
                List<String> all = new ArrayList<>(TOGGLES);
                all.addAll(new TreeSet<>(IDLE_TOGGLES.keySet()));
                Grammar.unknown(line, flag, all, problems);
            } else if (turn == Turn.ENABLE) {
                problems.add(Diagnostic.warning(flag.at(), "enable " + flag.text() + " is not honoured: " + idle));
            }
        }
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of(new Statement.Toggle(line.keyword().at(), turn, List.copyOf(known)));
    }

    Optional<Statement> fudge(ConfLine line) {
        AssociationParser.family(line);
        String example = "fudge 127.127.1.0 stratum 10";
        Optional<Word> clock = Grammar.required(line, "a reference clock", example, problems);
        if (clock.isEmpty()) {
            return Optional.empty();
        }
        if (Grammar.clockType(clock.get().text()) == 0) {
            problems.add(Diagnostic.error(clock.get().at(), "fudge is for reference clocks (127.127.t.u) only")
                    .example(example));
            return Optional.empty();
        }
        Optional<Integer> stratum = Optional.empty();
        Optional<Word> refid = Optional.empty();
        while (line.hasNext()) {
            Word name = line.next().orElseThrow();
            switch (name.text()) {
                case "stratum" -> {
                    OptionalInt value = Grammar.integer(line, name, 0, 15, problems);
                    stratum = value.isEmpty() ? stratum : Optional.of(value.getAsInt());
                }
                case "refid" -> refid = Grammar.required(line, "up to four characters", "refid LOCL", problems);
                case "time1", "time2", "minjitter", "flag1", "flag2", "flag3", "flag4", "abbrev" -> {
                    problems.add(Diagnostic.warning(
                            name.at(), name.text() + " is not honoured: it tunes drivers of reference clocks"));
                    line.next();
                }
                default -> Grammar.unknown(line, name, List.of("stratum", "refid", "time1", "time2"), problems);
            }
        }
        return Optional.of(new Statement.Fudge(line.keyword().at(), clock.get(), stratum, refid));
    }

    Optional<Statement> tos(ConfLine line) {
        return numbers(line, TOS, IDLE_TOS);
    }

    Optional<Statement> tinker(ConfLine line) {
        return numbers(line, TINKER, IDLE_TINKER);
    }

    Optional<Statement> discard(ConfLine line) {
        return numbers(
                line,
                List.of("average", "minimum"),
                Map.of("monitor", "the list of clients drops the one that was silent longest"));
    }

    /// Pairs of name and number until the end of the line.
    private Optional<Statement> numbers(ConfLine line, List<String> known, Map<String, String> idle) {
        List<Statement.Assignment> all = new ArrayList<>();
        String keyword = line.keyword().text();
        if (!line.hasNext()) {
            Grammar.required(
                    line, "one of " + String.join(", ", known), keyword + " " + known.getFirst() + " 1", problems);
        }
        while (line.hasNext()) {
            Word name = line.next().orElseThrow();
            String why = idle.get(name.text());
            if (why != null) {
                problems.add(Diagnostic.warning(name.at(), keyword + " " + name.text() + " is not honoured: " + why));
                line.next();
            } else if (known.contains(name.text())) {
                OptionalDouble value = Grammar.number(line, name, problems);
                value.ifPresent(v -> all.add(new Statement.Assignment(name, v)));
            } else {
                Grammar.unknown(line, name, known, problems);
                line.rest();
            }
        }
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(new Statement.Numbers(line.keyword().at(), keyword, List.copyOf(all)));
    }

    Optional<Statement> ttl(ConfLine line) {
        List<Integer> limits = new ArrayList<>();
        do {
            OptionalInt limit = Grammar.integer(line, line.keyword(), 0, 255, problems);
            limit.ifPresent(limits::add);
        } while (line.hasNext());
        if (limits.size() > 8) {
            problems.add(Diagnostic.warning(
                    line.keyword().at(), "the table of hop limits has 8 places; the rest of the line is not used"));
        }
        return limits.isEmpty()
                ? Optional.empty()
                : Optional.of(new Statement.TtlTable(
                        line.keyword().at(), limits.stream().limit(8).toList()));
    }
}
