package org.ekicho.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ekicho.daemon.demo.DemoSettings;
import org.ekicho.daemon.demo.Machine;
import org.ekicho.daemon.demo.Replayer;
import org.ekicho.daemon.demo.Stage;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.view.ReasonCount;
import org.ekicho.ntp.view.TimeView;
import org.ekicho.wire.Datagram;
import org.jspecify.annotations.Nullable;

/// The story of the demo: who is on the stage, what must happen, and whether it did.
final class DemoStory {
    /// Everything has long happened by then on an idle machine; a busy one may be late.
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(55);
    private static final long LOOK_MILLIS = 200;
    /// How near a clock is brought: far better is usual, but a busy machine delays packets.
    private static final double NEAR_SECONDS = 0.050;
    /// How long one that must never follow is watched after all others do.
    private static final long WATCH_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int REFUSALS = 2;

    private final Stage stage;
    private final DemoCommand.Fault fault;
    private final DemoTeller teller;
    private final CountDownLatch asked;
    private final List<Goal> goals = new ArrayList<>();
    private @Nullable Machine signal;
    private final Map<String, String> told = new LinkedHashMap<>();

    /// @param asked counted down when the reader wants the end
    DemoStory(Stage stage, DemoCommand.Fault fault, DemoTeller teller, CountDownLatch asked) {
        this.stage = stage;
        this.fault = fault;
        this.teller = teller;
        this.asked = asked;
    }

    /// What must come true.
    private interface Test {
        boolean holds() throws IOException;
    }

    /// @param sentence what, for the summary
    private record Goal(String sentence, Test test) {}

    /// Plays it to its end.
    ///
    /// @return whether all of it happened
    boolean tell() throws IOException, InterruptedException {
        teller.title("Ekicho demo: a small site on this machine's loopback, UDP port "
                + stage.settings().port());
        teller.plain("Real packets, keys and sockets; only the clocks are pretended. Key " + DemoSettings.KEY_ID
                + " is shared.");
        List<Machine> cast = new ArrayList<>();
        Machine station = stage.station();
        cast.add(station);
        teller.introduce(station, "serves its clock, sends keyed multicast to " + Stage.GROUP);
        Machine platform = stage.platform(DemoSettings.sharedKey());
        cast.add(platform);
        teller.introduce(platform, "asks station by unicast; " + wrong(platform));
        follows(platform, "by unicast");
        Machine listener = startSignal();
        signal = listener;
        cast.add(listener);
        switch (fault) {
            case none, mirror, tftp -> {
                teller.introduce(listener, "listens to the multicast; " + wrong(listener));
                follows(listener, "by multicast");
                Machine stranger = stage.stranger();
                cast.add(stranger);
                teller.introduce(stranger, "listens, but its key has another secret");
                refuses(stranger);
            }
            case key -> {
                teller.introduce(listener, screen("listens", "its key has another secret"));
                refuses(listener);
            }
            case mcast -> {
                teller.introduce(listener, screen("listens", "the network loses the multicast"));
                hearsNothing(listener);
            }
            case replay -> {
                teller.introduce(listener, "listens; somebody will replay an old packet");
                follows(listener, "by multicast");
            }
        }
        teller.plain("");
        teller.curtainUp();
        boolean happened = play(cast);
        if (fault == DemoCommand.Fault.replay && happened) {
            replay(listener);
            happened = play(cast);
        }
        return summary(happened);
    }

    private static String screen(String does, String broken) {
        return does + "; broken: " + broken;
    }

    private Machine startSignal() throws IOException {
        return switch (fault) {
            case none, mirror, tftp, replay -> stage.signal(Stage.GROUP, DemoSettings.sharedKey());
            case key -> stage.signal(Stage.GROUP, DemoSettings.otherKey());
            case mcast -> stage.signal(Stage.SILENT_GROUP, DemoSettings.sharedKey());
        };
    }

    private static String wrong(Machine machine) {
        return String.format(Locale.ROOT, "clock %+.1f s", machine.clock().aheadSeconds());
    }

    private void follows(Machine machine, String how) {
        goals.add(new Goal(
                machine.name() + " is synchronised " + how + ", within " + Math.round(NEAR_SECONDS * 1e3) + " ms",
                () -> machine.service().view().state().isSynchronised()
                        && Math.abs(machine.clock().aheadSeconds()) < NEAR_SECONDS));
    }

    private void refuses(Machine machine) {
        goals.add(new Goal(
                machine.name() + " refuses every packet and says why",
                () -> !machine.service().view().state().isSynchronised()
                        && refused(machine, NtpReason.BAD_MAC) >= REFUSALS));
    }

    private void hearsNothing(Machine machine) {
        long since = System.nanoTime();
        goals.add(new Goal(
                machine.name() + " hears nothing and says so",
                () -> !machine.service().view().state().isSynchronised() && System.nanoTime() - since > WATCH_NANOS));
    }

    private static long refused(Machine machine, NtpReason reason) throws IOException {
        TimeView view = machine.service().view();
        long strays = count(view.strays(), reason);
        return strays
                + view.associations().stream()
                        .mapToLong(one -> count(one.refusals(), reason))
                        .sum();
    }

    private static long count(List<ReasonCount> counts, NtpReason reason) {
        return counts.stream()
                .filter(count -> count.reason() == reason)
                .mapToLong(ReasonCount::count)
                .sum();
    }

    /// Tells each change until all goals hold, or patience is over.
    private boolean play(List<Machine> cast) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            for (Machine machine : cast) {
                tellChange(machine);
            }
            boolean all = true;
            for (Goal goal : goals) {
                all &= goal.test().holds();
            }
            if (all || System.nanoTime() > end || asked.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                return all;
            }
        }
    }

    /// Tells the state of a machine when it is another one, whatever numbers are in it.
    private void tellChange(Machine machine) throws IOException {
        TimeView view = machine.service().view();
        boolean now = view.state().isSynchronised();
        String state = now ? "synchronised" : view.sentence().replaceAll("[0-9]+", "#");
        if (!state.equals(told.put(machine.name(), state))) {
            teller.say(machine.name(), view.sentence(), now ? DemoTeller.Tone.GOOD : DemoTeller.Tone.BAD);
        }
    }

    /// Somebody records a packet of the stream and plays it again when newer ones have come.
    private void replay(Machine victim) throws IOException {
        teller.say("somebody", "records a packet of the stream …", DemoTeller.Tone.BAD);
        try (Replayer replayer = new Replayer(stage.settings())) {
            Datagram recorded = new Datagram().copyFrom(replayer.record());
            replayer.record();
            replayer.record();
            replayer.play(recorded);
        }
        teller.say("somebody", "… and plays it again, byte for byte, as from the station", DemoTeller.Tone.BAD);
        goals.add(new Goal(
                victim.name() + " refuses the replayed packet and keeps the right time",
                () -> refused(victim, NtpReason.REPLAY) > 0
                        && victim.service().view().state().isSynchronised()
                        && Math.abs(victim.clock().aheadSeconds()) < NEAR_SECONDS));
    }

    private boolean summary(boolean happened) throws IOException {
        teller.plain("");
        teller.title("What came of it");
        for (Goal goal : goals) {
            teller.outcome(goal.sentence(), goal.test().holds());
        }
        explain();
        return happened;
    }

    /// Shows the sentence by which an operator would find the fault, and what to do then.
    private void explain() throws IOException {
        switch (fault) {
            case none, mirror, tftp -> {}
            case key -> explain("ekicho time assoc", signalView(), "compare \"ekicho time keys show FILE\" on both");
            case mcast -> explain("ekicho time stat", signalView(), "run \"ekicho doctor multicast\" on both");
            case replay ->
                explain("ekicho time assoc", "replay: " + NtpReason.REPLAY.sentence(), "find out who sends them");
        }
    }

    private String signalView() throws IOException {
        return signal == null ? "" : signal.service().view().sentence();
    }

    private void explain(String command, String sentence, String remedy) {
        teller.plain("");
        teller.title("How you would see it: " + command);
        teller.wrapped("  ", sentence, DemoTeller.Tone.BAD);
        teller.wrapped("  ", "Then: " + remedy + ".", DemoTeller.Tone.QUIET);
    }
}
