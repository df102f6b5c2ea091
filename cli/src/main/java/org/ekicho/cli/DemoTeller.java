package org.ekicho.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ekicho.daemon.demo.Machine;
import org.ekicho.daemon.demo.Stage;
import org.ekicho.ntp.boundary.TimeAction;
import org.jspecify.annotations.Nullable;

/// Prints the demo for a terminal of 80 columns. Called from several threads.
final class DemoTeller {
    private static final int WIDTH = 80;

    private final Screen screen;
    private final long startedNanos = System.nanoTime();
    /// What was said before all were introduced; null since then.
    private @Nullable List<Runnable> beforehand = new ArrayList<>();

    DemoTeller(Screen screen) {
        this.screen = screen;
    }

    synchronized void title(String text) {
        screen.line(screen.bold(text));
    }

    synchronized void plain(String text) {
        screen.line(text);
    }

    /// What a machine says of itself, as its log would have it.
    synchronized void report(String machine, TimeAction.Report report) {
        Tone tone = switch (report.severity()) {
            case INFO -> Tone.QUIET;
            case WARNING, ERROR -> Tone.BAD;
        };
        String start = start(machine);
        if (beforehand == null) {
            wrapped(start, report.sentence(), tone);
        } else {
            beforehand.add(() -> wrapped(start, report.sentence(), tone));
        }
    }

    /// All are introduced: tells what they said meanwhile, and from now on at once.
    synchronized void curtainUp() {
        List<Runnable> said = beforehand;
        beforehand = null;
        if (said != null) {
            said.forEach(Runnable::run);
        }
    }

    /// How a sentence is meant.
    enum Tone {
        QUIET,
        GOOD,
        BAD
    }

    /// A line with the time and a name.
    synchronized void say(String who, String sentence, Tone tone) {
        wrapped(start(who), sentence, tone);
    }

    private String start(String who) {
        return String.format(Locale.ROOT, "%5.1f s  %-8s  ", (System.nanoTime() - startedNanos) * 1e-9, who);
    }

    /// A sentence after `start`, wrapped under its own beginning.
    synchronized void wrapped(String start, String sentence, Tone tone) {
        StringBuilder line = new StringBuilder();
        String prefix = start;
        for (String word : sentence.split(" ", -1)) {
            if (!line.isEmpty() && start.length() + line.length() + 1 + word.length() > WIDTH) {
                screen.line(prefix + paint(line.toString(), tone));
                prefix = " ".repeat(start.length());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        screen.line(prefix + paint(line.toString(), tone));
    }

    private String paint(String text, Tone tone) {
        return switch (tone) {
            case QUIET -> screen.dim(text);
            case GOOD -> screen.good(text);
            case BAD -> screen.warn(text);
        };
    }

    /// A row of the cast: who it is, and how wrong its clock is.
    synchronized void introduce(Machine machine, String part) {
        screen.line(String.format(
                Locale.ROOT,
                "  %s %-10s %s",
                screen.bold(String.format(Locale.ROOT, "%-9s", machine.name())),
                machine.address(),
                part));
    }

    synchronized void outcome(String sentence, boolean happened) {
        screen.line("  " + (happened ? screen.good("yes") : screen.bad("NO ")) + "  " + sentence);
    }

    /// What to try while it runs on.
    /// What to do after a story that ended by itself.
    synchronized void next(boolean happened) {
        screen.line("");
        title("What to do next:");
        if (!happened) {
            screen.line("  ekicho demo                    the same once more; it runs on, to look at");
            screen.line("  ekicho doctor                  what on this machine stands in the way");
            return;
        }
        screen.line("  ekicho demo                    the same, and it runs on to be asked");
        screen.line("  ekicho init                    a site file for this machine, to be read and changed");
        screen.line("  ekicho check                   what it would do here, before \"ekicho serve\" does it");
    }

    synchronized void afterwards(Stage stage) {
        screen.line("");
        title("It runs on until Ctrl-C. In another terminal, try:");
        screen.line("  ekicho time peers   --control " + stage.control("platform"));
        screen.line("  ekicho time assoc   --control " + stage.control("stranger"));
        screen.line("  ekicho time clients --control " + stage.control("station"));
        screen.line("  ekicho demo --break key | mcast | replay | mirror | tftp");
        screen.line("On a real site (port 123) ntpq -pn, ntpstat and ntpmon work as always.");
    }
}
