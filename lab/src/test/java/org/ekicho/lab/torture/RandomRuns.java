package org.ekicho.lab.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Runs of the mirror's commands in a random order, half of them killed in their middle.
final class RandomRuns {
    /// Until it is known how long a kind of run takes.
    private static final long FIRST_GUESS_MILLIS = 700;

    /// The commands.
    enum Kind {
        SYNC,
        PROMOTE,
        ROLLBACK,
        GC,
        INDEX,
        PUBLISH
    }

    private final Path folder;
    private final Path site;
    private final MovingUpstream upstream;
    private final GrowingPackages own;
    private final Random dice;
    private final Journal journal;
    private final Map<Kind, Long> usual = new EnumMap<>(Kind.class);
    private final List<String> failures = new ArrayList<>();
    private final List<Journal.Entry> mayGoBack = new ArrayList<>();
    private boolean ownIsIndexed;
    private int done;
    private int killed;

    /// @param folder where the site file and the own packages are
    RandomRuns(Path folder, Path site, MovingUpstream upstream, Random dice, Journal journal) throws IOException {
        this.folder = folder;
        this.site = site;
        this.upstream = upstream;
        this.own = new GrowingPackages("own", folder.resolve("own-pool"), dice);
        this.dice = dice;
        this.journal = journal;
    }

    /// What went wrong.
    List<String> failures() {
        return failures;
    }

    /// Runs in which `prod` may have been pointed to something older.
    List<Journal.Entry> mayGoBack() {
        return mayGoBack;
    }

    String account() {
        return done + " runs, " + killed + " of them killed; usual milliseconds " + usual;
    }

    int done() {
        return done;
    }

    int killed() {
        return killed;
    }

    /// One of each kind that publishes, none of them killed.
    void begin() throws IOException, InterruptedException {
        own.writeTo(folder.resolve("own"));
        for (Kind kind : List.of(Kind.SYNC, Kind.INDEX, Kind.PUBLISH, Kind.PROMOTE, Kind.GC)) {
            run(kind, -1);
        }
    }

    /// The next run.
    void next() throws IOException, InterruptedException {
        Kind kind = switch (dice.nextInt(12)) {
            case 0, 1, 2, 3 -> Kind.SYNC;
            case 4, 5 -> Kind.PROMOTE;
            case 6 -> Kind.ROLLBACK;
            case 7, 8 -> Kind.GC;
            case 9, 10 -> Kind.INDEX;
            default -> Kind.PUBLISH;
        };
        if (kind == Kind.SYNC && dice.nextInt(4) > 0) {
            upstream.advance();
        }
        if (kind == Kind.INDEX) {
            own.advance();
            own.writeTo(folder.resolve("own"));
            ownIsIndexed = false;
        }
        Optional<Kind> beside =
                dice.nextInt(6) > 0 ? Optional.empty() : Optional.of(dice.nextBoolean() ? Kind.GC : Kind.PROMOTE);
        if (beside.isPresent()) {
            Companion companion = begin(beside.get());
            run(kind, moment(kind));
            end(companion);
        } else {
            run(kind, moment(kind));
        }
        if (kind == Kind.INDEX && dice.nextBoolean()) {
            run(Kind.PUBLISH, moment(Kind.PUBLISH));
        }
    }

    /// When to kill the next run; negative: not at all. Some of those that are to be killed end before.
    private long moment(Kind kind) {
        long usually = usual.getOrDefault(kind, FIRST_GUESS_MILLIS);
        // Its first part is the start of the program. Whoever ends before is made up for by the next.
        boolean behind = 2 * killed <= done;
        return behind ? usually / 5 + dice.nextLong(usually * 7 / 10) : -1;
    }

    /// A run beside another, to its end.
    private record Companion(Kind kind, Command.Running running, long begun) {}

    private Companion begin(Kind kind) throws IOException {
        return new Companion(kind, Command.start(folder, arguments(kind)), System.currentTimeMillis());
    }

    private void end(Companion companion) throws IOException, InterruptedException {
        account(companion.kind(), companion.begun(), companion.running().end(-1), " beside another run");
    }

    /// A run that is not killed and must be good.
    void mustRun(Kind kind) throws IOException, InterruptedException {
        run(kind, -1);
    }

    private void run(Kind kind, long killAfterMillis) throws IOException, InterruptedException {
        long begun = System.currentTimeMillis();
        Command.Ended ended = Command.start(folder, arguments(kind)).end(killAfterMillis);
        if (!ended.wasKilled()) {
            usual.merge(kind, ended.millis(), (before, now) -> (3 * before + now) / 4);
        }
        account(kind, begun, ended, "");
    }

    private void account(Kind kind, long begun, Command.Ended ended, String how) {
        done++;
        String end = ended.wasKilled() ? "killed" : "exit " + ended.exit();
        Journal.Entry entry =
                new Journal.Entry(done, kind.name() + how, begun, System.currentTimeMillis(), end, ended.out());
        journal.add(entry);
        if (ended.wasKilled()) {
            killed++;
        } else {
            judge(kind, entry, ended);
        }
        if (kind == Kind.ROLLBACK) {
            mayGoBack.add(entry);
        }
    }

    private void judge(Kind kind, Journal.Entry entry, Command.Ended ended) {
        boolean good = ended.exit() == 0
                || (kind == Kind.ROLLBACK && saysWhyNot(ended.out()))
                || (kind == Kind.PUBLISH && !ownIsIndexed && ended.exit() == 1);
        if (kind == Kind.INDEX && ended.exit() == 0) {
            ownIsIndexed = true;
        }
        if (!good || ended.out().contains("\tat ")) {
            failures.add(entry.line() + "\n" + ended.out() + journal.around(entry.begun(), entry.ended()));
        }
    }

    private List<String> arguments(Kind kind) {
        List<String> words = new ArrayList<>(List.of("mirror"));
        switch (kind) {
            case SYNC -> words.addAll(List.of("sync", "base", "--quiet"));
            case PROMOTE -> words.addAll(List.of("promote", "latest", "prod", "base"));
            case ROLLBACK -> words.addAll(List.of("rollback", "prod"));
            case GC -> words.addAll(List.of("gc", "--wait"));
            case INDEX -> words.addAll(List.of("index", folder.resolve("own").toString(), "--for", "el9"));
            case PUBLISH ->
                words.addAll(List.of("publish", folder.resolve("own").toString(), "--as", "own"));
        }
        if (kind != Kind.INDEX) {
            words.addAll(List.of("--site", site.toString()));
        }
        return words;
    }

    /// A channel cannot go back beyond its first state, nor to a snapshot that gc has removed since.
    private static boolean saysWhyNot(String out) {
        return out.contains("nothing to go back to") || (out.contains("cannot go back") && out.contains("was removed"));
    }
}
