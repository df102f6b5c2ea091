package org.ekicho.lab.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
        boolean kills = dice.nextBoolean();
        long usually = usual.getOrDefault(kind, FIRST_GUESS_MILLIS);
        // The first third of a run is the start of the program.
        run(kind, kills ? usually / 4 + dice.nextLong(usually) : -1);
        if (kind == Kind.INDEX && dice.nextBoolean()) {
            run(Kind.PUBLISH, dice.nextBoolean() ? usually / 4 + dice.nextLong(usually) : -1);
        }
    }

    /// A run that is not killed and must be good.
    void mustRun(Kind kind) throws IOException, InterruptedException {
        run(kind, -1);
    }

    private void run(Kind kind, long killAfterMillis) throws IOException, InterruptedException {
        long begun = System.currentTimeMillis();
        Command.Ended ended = Command.run(folder, killAfterMillis, arguments(kind));
        done++;
        String end = ended.wasKilled() ? "killed" : "exit " + ended.exit();
        Journal.Entry entry = new Journal.Entry(done, kind.name(), begun, System.currentTimeMillis(), end, ended.out());
        journal.add(entry);
        if (ended.wasKilled()) {
            killed++;
        } else {
            usual.merge(kind, ended.millis(), (before, now) -> (3 * before + now) / 4);
            judge(kind, entry, ended);
        }
        if (kind == Kind.ROLLBACK) {
            mayGoBack.add(entry);
        }
    }

    private void judge(Kind kind, Journal.Entry entry, Command.Ended ended) {
        boolean good = ended.exit() == 0
                || (kind == Kind.ROLLBACK && ended.out().contains("nothing to go back to"))
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
            case GC -> words.add("gc");
            case INDEX -> words.addAll(List.of("index", folder.resolve("own").toString(), "--for", "el9"));
            case PUBLISH ->
                words.addAll(List.of("publish", folder.resolve("own").toString(), "--as", "own"));
        }
        if (kind != Kind.INDEX) {
            words.addAll(List.of("--site", site.toString()));
        }
        return words;
    }
}
