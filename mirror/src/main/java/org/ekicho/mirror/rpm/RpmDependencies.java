package org.ekicho.mirror.rpm;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.rpm.Dependency.Kind;
import org.ekicho.mirror.rpm.Dependency.Range;
import org.ekicho.mirror.rpm.Dependency.Sense;
import org.ekicho.mirror.rpm.RpmHeader.Numbers;
import org.ekicho.mirror.rpm.RpmHeader.Strings;
import org.jspecify.annotations.Nullable;

/// The dependencies of a package by the rules of createrepo_c, whose order matters: what is required loses what the
/// package itself brings along, repeats, and all of `libc.so.6(…)` but the newest, which goes last.
final class RpmDependencies {
    /// Where a list of dependencies stands in the main header.
    private enum Source {
        PROVIDES(Kind.PROVIDES, 1047, 1112, 1113),
        CONFLICTS(Kind.CONFLICTS, 1054, 1053, 1055),
        OBSOLETES(Kind.OBSOLETES, 1090, 1114, 1115),
        REQUIRES(Kind.REQUIRES, 1049, 1048, 1050),
        SUGGESTS(Kind.SUGGESTS, 5049, 5051, 5050),
        ENHANCES(Kind.ENHANCES, 5055, 5057, 5056),
        RECOMMENDS(Kind.RECOMMENDS, 5046, 5048, 5047),
        SUPPLEMENTS(Kind.SUPPLEMENTS, 5052, 5054, 5053),
        /// SUSE before rpm had weak dependencies: strong ones are RECOMMENDS.
        OLD_SUGGESTS(Kind.SUGGESTS, 1156, 1158, 1157),
        /// The same: strong ones are SUPPLEMENTS.
        OLD_ENHANCES(Kind.ENHANCES, 1159, 1161, 1160);

        private final Kind kind;
        private final int names;
        private final int flags;
        private final int versions;

        Source(Kind kind, int names, int flags, int versions) {
            this.kind = kind;
            this.names = names;
            this.flags = flags;
            this.versions = versions;
        }
    }

    /// One dependency as the header has it.
    private record Raw(String name, int flags, String version) {
        /// What makes two the same.
        String key() {
            int sense = flags & RpmTags.SENSE_MASK;
            return name + '\0' + (senseOf(flags).isEmpty() ? 0 : sense) + '\0' + version;
        }

        boolean pre() {
            return (flags & RpmTags.PRE) != 0;
        }
    }

    private final RpmHeader main;
    private final String ownName;
    private final Evr ownEvr;
    private final List<PackageFile> files;
    private final List<String> remarks;
    private final Map<Kind, List<Dependency>> lists = new EnumMap<>(Kind.class);
    private final Set<String> provided = new HashSet<>();
    /// What was required last under a name.
    private final Map<String, String> required = new HashMap<>();
    private @Nullable Set<String> primaryPaths;
    private @Nullable Dependency libc;

    RpmDependencies(RpmHeader main, String ownName, Evr ownEvr, List<PackageFile> files, List<String> remarks) {
        this.main = main;
        this.ownName = ownName;
        this.ownEvr = ownEvr;
        this.files = files;
        this.remarks = remarks;
    }

    Map<Kind, List<Dependency>> read() throws BadHeader {
        for (Source source : Source.values()) {
            read(source);
            if (source == Source.PROVIDES && !main.hasRegion() && !RpmPackages.isSource(main)) provideOneself();
        }
        if (libc != null) add(Kind.REQUIRES, libc);
        return lists;
    }

    private void read(Source source) throws BadHeader {
        Strings names = main.strings(source.names);
        Numbers flags = main.numbers(source.flags);
        Strings versions = main.strings(source.versions);
        boolean bare = flags.count() == 0 && versions.count() == 0;
        if (!bare && (flags.count() != names.count() || versions.count() != names.count())) {
            throw BadHeader.malformed("tags " + source.names + ", " + source.flags + " and " + source.versions
                    + " have " + names.count() + " names, " + flags.count() + " flags and " + versions.count()
                    + " versions");
        }
        for (int i = 0; i < names.count(); i++) {
            take(source, new Raw(names.next(), bare ? 0 : flags.bitsAt(i), bare ? "" : versions.next()));
        }
    }

    private void take(Source source, Raw raw) {
        if (source == Source.REQUIRES) {
            if (isImplied(raw)) return;
        } else if (source == Source.PROVIDES) {
            provided.add(raw.key());
        }
        Optional<Dependency> parsed = parse(raw, source == Source.REQUIRES && raw.pre());
        if (parsed.isEmpty()) {
            remarks.add("the dependency " + Refusal.quote(raw.name) + " was left out: the epoch of "
                    + Refusal.quote(raw.version) + " is no number");
            return;
        }
        Dependency dependency = parsed.get();
        switch (source) {
            case REQUIRES -> require(raw, dependency);
            case OLD_SUGGESTS -> add(isStrong(raw) ? Kind.RECOMMENDS : Kind.SUGGESTS, dependency);
            case OLD_ENHANCES -> add(isStrong(raw) ? Kind.SUPPLEMENTS : Kind.ENHANCES, dependency);
            case PROVIDES, CONFLICTS, OBSOLETES, SUGGESTS, ENHANCES, RECOMMENDS, SUPPLEMENTS ->
                add(source.kind, dependency);
        }
    }

    /// Whether nobody needs to be told: rpm's own features, what the package brings along, and repeats.
    private boolean isImplied(Raw raw) {
        if (raw.name.startsWith("rpmlib(")) return true;
        if (PackageFile.isPrimary(raw.name) && primaryPaths().contains(raw.name)) return true;
        if (provided.contains(raw.key())) return true;
        return requirement(raw).equals(required.get(raw.name));
    }

    private static String requirement(Raw raw) {
        return raw.key() + (raw.pre() ? "\0pre" : "");
    }

    private Set<String> primaryPaths() {
        Set<String> known = primaryPaths;
        if (known == null) {
            known = new HashSet<>();
            for (PackageFile file : files) {
                if (file.isPrimary()) known.add(file.path());
            }
            primaryPaths = known;
        }
        return known;
    }

    private void require(Raw raw, Dependency dependency) {
        if ((raw.flags & RpmTags.MISSING_OK) != 0) {
            add(Kind.RECOMMENDS, dependency);
        } else if (dependency.name().startsWith("libc.so.6")) {
            if (libc == null || Glibc.compare(libc.name(), dependency.name()) < 0) libc = dependency;
        } else {
            add(Kind.REQUIRES, dependency);
            required.put(raw.name, requirement(raw));
        }
    }

    /// Packages of format 3 do not say that they provide themselves; rpm adds it when it reads them.
    private void provideOneself() {
        Dependency self = new Dependency(ownName, Optional.of(DependencyMatch.exactly(ownEvr)), false);
        if (lists.getOrDefault(Kind.PROVIDES, List.of()).contains(self)) return;
        String version =
                (main.has(RpmTags.EPOCH) ? ownEvr.epoch() + ":" : "") + ownEvr.version() + "-" + ownEvr.release();
        provided.add(new Raw(ownName, RpmTags.SENSE_EQUAL, version).key());
        add(Kind.PROVIDES, self);
    }

    private void add(Kind kind, Dependency dependency) {
        lists.computeIfAbsent(kind, k -> new ArrayList<>()).add(dependency);
    }

    private static boolean isStrong(Raw raw) {
        return (raw.flags & RpmTags.STRONG) != 0;
    }

    private static Optional<Dependency> parse(Raw raw, boolean pre) {
        Optional<Sense> sense = senseOf(raw.flags);
        Optional<Range> range = range(sense.orElse(Sense.EQ), raw.version);
        if (range.isEmpty()) return Optional.empty();
        return Optional.of(new Dependency(raw.name, sense.isEmpty() ? Optional.empty() : range, pre));
    }

    private static Optional<Sense> senseOf(int flags) {
        return switch (flags & RpmTags.SENSE_MASK) {
            case RpmTags.SENSE_LESS -> Optional.of(Sense.LT);
            case RpmTags.SENSE_GREATER -> Optional.of(Sense.GT);
            case RpmTags.SENSE_EQUAL -> Optional.of(Sense.EQ);
            case RpmTags.SENSE_LESS | RpmTags.SENSE_EQUAL -> Optional.of(Sense.LE);
            case RpmTags.SENSE_GREATER | RpmTags.SENSE_EQUAL -> Optional.of(Sense.GE);
            default -> Optional.empty();
        };
    }

    /// `[epoch:]version[-release]`; empty when the epoch is no number. The release begins at the first dash, as
    /// createrepo_c cuts it.
    static Optional<Range> range(Sense sense, String text) {
        if (text.isEmpty()) return Optional.of(new Range(sense, "", "", ""));
        int colon = text.indexOf(':');
        String epoch = colon < 0 ? "0" : text.substring(0, colon);
        if (!epoch.chars().allMatch(c -> c >= '0' && c <= '9')) return Optional.empty();
        int dash = text.indexOf('-', colon + 1);
        String version = text.substring(colon + 1, dash < 0 ? text.length() : dash);
        String release = dash < 0 ? "" : text.substring(dash + 1);
        return Optional.of(new Range(sense, epoch.isEmpty() ? "0" : epoch, version, release));
    }
}
