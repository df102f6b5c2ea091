package org.ekicho.site.ntpconf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ekicho.ntp.settings.SourceSettings;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;

/// `server`, `pool`, `peer` and `broadcast` lines. All take the same options; those without effect on the line are
/// warned of.
final class AssociationParser {
    private static final List<String> FLAGS =
            List.of("burst", "iburst", "prefer", "noselect", "true", "preempt", "xleave", "xmtnonce", "autokey");
    private static final List<String> NUMBERS = List.of("key", "minpoll", "maxpoll", "version", "ttl", "mode");
    private static final List<String> BROADCAST_WORDS = List.of("key", "minpoll", "ttl", "version");
    private static final List<String> SOURCE_WORDS =
            List.of("key", "minpoll", "maxpoll", "version", "burst", "iburst", "prefer", "noselect", "true");

    /// Classic bounds of poll exponents: 8 s and 36 h.
    private static final int MIN_POLL = 3;

    private static final int MAX_POLL = 17;

    private final Diagnostics problems;

    AssociationParser(Diagnostics problems) {
        this.problems = problems;
    }

    Optional<Statement> source(ConfLine line, SourceSettings.Kind kind) {
        Statement.Family family = family(line);
        Optional<Word> host =
                Grammar.required(line, "a host", line.keyword().text() + " ntp1.lan iburst key 10", problems);
        Optional<Options> options = options(line, SOURCE_WORDS);
        if (host.isEmpty() || options.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Statement.Source(line.keyword().at(), kind, host.get(), family, options.get()));
    }

    Optional<Statement> broadcast(ConfLine line) {
        family(line);
        Optional<Word> address =
                Grammar.required(line, "a group or broadcast address", "broadcast 224.0.1.1 key 10", problems);
        Optional<Options> options = options(line, BROADCAST_WORDS);
        if (address.isEmpty() || options.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Statement.Broadcast(line.keyword().at(), address.get(), options.get()));
    }

    static Statement.Family family(ConfLine line) {
        return line.take("-4") ? Statement.Family.V4 : line.take("-6") ? Statement.Family.V6 : Statement.Family.ANY;
    }

    /// Everything behind the address; empty when something of it is wrong.
    private Optional<Options> options(ConfLine line, List<String> effective) {
        List<Options.Option> all = new ArrayList<>();
        boolean good = true;
        while (line.hasNext()) {
            Optional<Options.Option> option = option(line);
            option.ifPresent(all::add);
            good &= option.isPresent();
        }
        for (Options.Option option : all) {
            if (!effective.contains(option.name().text()) && good) {
                problems.add(withoutEffect(line, option.name()));
            }
        }
        return good ? Optional.of(new Options(all)) : Optional.empty();
    }

    private Optional<Options.Option> option(ConfLine line) {
        Word name = line.next().orElseThrow();
        if (name.is("autokey")) {
            problems.add(Diagnostic.error(
                            name.at(),
                            "autokey is broken and not supported; left out, the packets would go " + "unauthenticated")
                    .expected("a symmetric key")
                    .example("key 10"));
            return Optional.empty();
        }
        if (name.is("ident")) {
            line.next();
            problems.add(Diagnostic.warning(name.at(), "ident is not honoured: it belongs to Autokey"));
            return Optional.of(new Options.Option(name, 0));
        }
        if (FLAGS.contains(name.text()) && name.form() == Word.Form.PLAIN) {
            return Optional.of(new Options.Option(name, 0));
        }
        if (!NUMBERS.contains(name.text())) {
            List<String> known = new ArrayList<>(NUMBERS);
            known.addAll(FLAGS);
            Grammar.unknown(line, name, known, problems);
            return Optional.empty();
        }
        OptionalInt value = value(line, name);
        return value.isEmpty() ? Optional.empty() : Optional.of(new Options.Option(name, value.getAsInt()));
    }

    private OptionalInt value(ConfLine line, Word name) {
        return switch (name.text()) {
            case "key" -> Grammar.integer(line, name, 1, Grammar.MAX_KEY_ID, problems);
            case "version" -> Grammar.integer(line, name, 1, 4, problems);
            case "ttl" -> Grammar.integer(line, name, 0, 255, problems);
            case "minpoll", "maxpoll" -> poll(line, name);
            default -> Grammar.integer(line, name, 0, Integer.MAX_VALUE, problems);
        };
    }

    /// Poll exponents outside of the classic bounds are moved to the bound, as classic ntpd does.
    private OptionalInt poll(ConfLine line, Word name) {
        OptionalInt value = Grammar.integer(line, name, 0, 255, problems);
        if (value.isEmpty() || (value.getAsInt() >= MIN_POLL && value.getAsInt() <= MAX_POLL)) {
            return value;
        }
        int taken = value.getAsInt() < MIN_POLL ? MIN_POLL : MAX_POLL;
        problems.add(Diagnostic.warning(
                        name.at(),
                        name.text() + " " + value.getAsInt() + " is out of range; " + taken + " is taken, as "
                                + "classic ntpd does")
                .expected(MIN_POLL + ".." + MAX_POLL));
        return OptionalInt.of(taken);
    }

    private static Diagnostic withoutEffect(ConfLine line, Word option) {
        String keyword = line.keyword().text();
        String why = switch (option.text()) {
            case "xleave" -> "interleaved mode invites attacks (CVE-2016-1548) and is not used";
            case "preempt" -> "associations of a file are never pre-empted";
            case "xmtnonce" -> "transmit timestamps of requests are always random";
            case "ident" -> "it belongs to Autokey";
            case "mode" -> "it is for drivers of reference clocks";
            case "ttl" -> "it is for multicasts";
            default -> "it means nothing for " + keyword;
        };
        return Diagnostic.warning(option.at(), option.text() + " has no effect here: " + why);
    }
}
