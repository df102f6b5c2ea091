package org.ekicho.site.ntpconf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ekicho.ntp.access.RestrictFlag;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.ntpconf.Statement.Family;
import org.ekicho.site.ntpconf.Statement.Restrict.Target;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;

/// `restrict [-4|-6] ADDRESS [mask MASK] [ippeerlimit N] FLAG...`, with `default`, `source`, host names and CIDR.
final class RestrictParser {
    private static final String EXAMPLE = "restrict 192.168.55.0 mask 255.255.255.0 nomodify notrap";

    private final Diagnostics problems;

    RestrictParser(Diagnostics problems) {
        this.problems = problems;
    }

    Optional<Statement> restrict(ConfLine line) {
        Family family = AssociationParser.family(line);
        Optional<Word> whom = Grammar.required(line, "an address, a net or default", EXAMPLE, problems);
        if (whom.isEmpty()) {
            return Optional.empty();
        }
        Optional<Word> mask = Optional.empty();
        if (line.take("mask")) {
            mask = Grammar.required(line, "a mask", EXAMPLE, problems);
            if (mask.isEmpty()) {
                return Optional.empty();
            }
        }
        Optional<Target> target = target(whom.get(), mask, family);
        Optional<Integer> peerLimit = peerLimit(line);
        return flags(line, target, peerLimit);
    }

    private Optional<Target> target(Word whom, Optional<Word> mask, Family family) {
        if (whom.is("default") || whom.is("source")) {
            mask.ifPresent(m -> problems.add(Diagnostic.error(m.at(), whom.text() + " takes no mask")));
            return Optional.of(whom.is("default") ? new Target.Default(family) : new Target.Sources());
        }
        Optional<IpPrefix> prefix = IpPrefix.parse(whom.text());
        if (prefix.isPresent()) {
            return masked(whom, prefix.get(), mask).map(Target.Net::new);
        }
        boolean numeric = whom.text().indexOf(':') >= 0
                || whom.text().indexOf('/') >= 0
                || whom.text().chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        if (numeric || mask.isPresent()) {
            problems.add(Diagnostic.error(whom.at(), "\"" + whom.text() + "\" is no address")
                    .expected("an address, a net, a host name or default")
                    .example(EXAMPLE));
            return Optional.empty();
        }
        return Optional.of(new Target.Name(whom, family));
    }

    private Optional<IpPrefix> masked(Word whom, IpPrefix prefix, Optional<Word> mask) {
        if (mask.isEmpty()) {
            return Optional.of(prefix);
        }
        Optional<IpAddress> bits = IpAddress.parse(mask.get().text());
        boolean sameFamily =
                bits.isPresent() && bits.get().isV4() == prefix.base().isV4();
        OptionalInt length = sameFamily ? leadingOnes(bits.get()) : OptionalInt.empty();
        if (length.isEmpty() || whom.text().indexOf('/') >= 0) {
            problems.add(
                    Diagnostic.error(mask.get().at(), "\"" + mask.get().text() + "\" is no mask for " + whom.text())
                            .expected("ones, then zeros, in the family of the address")
                            .example("mask 255.255.255.0"));
            return Optional.empty();
        }
        IpPrefix net = IpPrefix.of(prefix.base(), length.getAsInt());
        if (!net.base().equals(prefix.base())) {
            problems.add(Diagnostic.warning(
                    whom.at(), whom.text() + " lies inside of the net " + net + ", for which the line counts"));
        }
        return Optional.of(net);
    }

    /// How many ones the mask begins with; empty when more ones follow behind a zero.
    private static OptionalInt leadingOnes(IpAddress mask) {
        int width = IpPrefix.bits(mask);
        long high = mask.isV4() ? (long) mask.v4Bits() << 32 : mask.high();
        long low = mask.isV4() ? 0 : mask.low();
        int ones = Long.numberOfLeadingZeros(~high);
        ones = ones == 64 ? 64 + Long.numberOfLeadingZeros(~low) : ones;
        boolean contiguous = Long.bitCount(high) + Long.bitCount(low) == ones;
        return contiguous ? OptionalInt.of(Math.min(ones, width)) : OptionalInt.empty();
    }

    private Optional<Integer> peerLimit(ConfLine line) {
        Optional<Word> word = line.peek();
        if (!line.take("ippeerlimit")) {
            return Optional.empty();
        }
        OptionalInt limit = Grammar.integer(line, word.orElseThrow(), -1, 100, problems);
        problems.add(Diagnostic.warning(
                word.orElseThrow().at(),
                "ippeerlimit is not honoured: passive associations do not exist here, and the number of senders "
                        + "followed is limited as a whole"));
        return limit.isEmpty() ? Optional.empty() : Optional.of(limit.getAsInt());
    }

    private Optional<Statement> flags(ConfLine line, Optional<Target> target, Optional<Integer> peerLimit) {
        List<Word> words = new ArrayList<>();
        int flags = 0;
        boolean good = target.isPresent();
        while (line.hasNext()) {
            Word word = line.next().orElseThrow();
            Optional<RestrictFlag> flag = flag(word);
            words.add(word);
            if (flag.isPresent()) {
                flags |= flag.get().mask();
                warnOf(flag.get(), word);
                if (flag.get() == RestrictFlag.SERVERRESPONSE) {
                    line.take("fuzz");
                }
            } else if (!word.is("epeer")) {
                unknown(line, word);
                good = false;
            }
        }
        return good
                ? Optional.of(new Statement.Restrict(line.keyword().at(), target.get(), flags, words, peerLimit))
                : Optional.empty();
    }

    private static Optional<RestrictFlag> flag(Word word) {
        for (RestrictFlag flag : RestrictFlag.values()) {
            if (word.is(flag.word())) {
                return Optional.of(flag);
            }
        }
        return Optional.empty();
    }

    private void unknown(ConfLine line, Word word) {
        if (word.is("mask") || word.is("ippeerlimit")) {
            problems.add(Diagnostic.error(word.at(), word.text() + " stands behind the address, before the flags")
                    .example(EXAMPLE));
            line.rest();
            return;
        }
        List<String> known = new ArrayList<>(List.of("mask", "ippeerlimit", "epeer"));
        for (RestrictFlag flag : RestrictFlag.values()) {
            known.add(flag.word());
        }
        Grammar.unknown(line, word, known, problems);
    }

    private void warnOf(RestrictFlag flag, Word word) {
        if (flag == RestrictFlag.MSSNTP) {
            problems.add(Diagnostic.warning(
                    word.at(), "mssntp is not honoured: signing for Windows domain members is not supported"));
        } else if (flag == RestrictFlag.SERVERRESPONSE) {
            problems.add(Diagnostic.warning(
                    word.at(), "serverresponse fuzz is not honoured: replies carry the time as it was read"));
        }
    }
}
