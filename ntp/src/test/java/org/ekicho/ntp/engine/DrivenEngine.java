package org.ekicho.ntp.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.ekicho.ntp.boundary.HostClock;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.ntp.boundary.SavedState;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.ntp.view.TimeView;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;
import org.ekicho.wire.Moment;

/// An engine in a world without other machines: time passes when the test says so, and what the engine sends lies
/// in a list. Its clock runs at the right rate, `clockError` ahead of the true time.
public final class DrivenEngine {
    public static final long SECOND = 1_000_000_000L;
    /// 2026-11-22 07:50:25 UTC, when the captures begin.
    public static final long START = 1_795_333_825L * SECOND;

    /// More timers than this in one run mean that one of them never rests.
    private static final int MOST_RINGS = 200_000;

    public final TimeEngine engine;
    public final List<Sent> sent = new ArrayList<>();
    public final List<TimeAction> actions = new ArrayList<>();
    private final long startTrue;
    private long trueNanos;
    private long clockError;

    /// One packet as it left.
    ///
    /// @param atNanos true time
    public record Sent(long atNanos, Endpoint to, IpAddress from, int interfaceIndex, int ttl, Datagram datagram) {}

    public DrivenEngine(TimeSettings settings) {
        this(settings, SavedState.NONE, START, 0, 1);
    }

    public DrivenEngine(TimeSettings settings, SavedState saved, long startTrue, double clockErrorSeconds, long seed) {
        this.startTrue = startTrue;
        this.trueNanos = startTrue;
        this.clockError = Math.round(clockErrorSeconds * SECOND);
        this.engine = new TimeEngine(settings, -24, saved, new SplittableRandom(seed), now());
        engine.networkIs(interfaces(), now(), this::carryOut);
    }

    /// `lo`, and `eth0` and `eth1` with 192.168.55.2/24 and 192.168.56.2/24.
    public static List<LocalInterface> interfaces() {
        return List.of(
                new LocalInterface(1, "lo", true, false, true, List.of(address("127.0.0.1", 8))),
                new LocalInterface(2, "eth0", true, true, false, List.of(address("192.168.55.2", 24))),
                new LocalInterface(3, "eth1", true, true, false, List.of(address("192.168.56.2", 24))));
    }

    public static LocalInterface.Address address(String text, int bits) {
        IpAddress address = IpAddress.literal(text);
        IpAddress broadcast = IpAddress.ofV4(address.v4Bits() | (int) (0xffff_ffffL >>> bits));
        return new LocalInterface.Address(
                address, IpPrefix.of(address, bits), bits == 8 ? Optional.empty() : Optional.of(broadcast));
    }

    public Moment now() {
        return new Moment(trueNanos + clockError, trueNanos - startTrue + SECOND);
    }

    public long trueNanos() {
        return trueNanos;
    }

    public double secondsSinceStart() {
        return (trueNanos - startTrue) / (double) SECOND;
    }

    /// By how much its clock is ahead now.
    public double clockErrorSeconds() {
        return clockError / (double) SECOND;
    }

    private void carryOut(TimeAction action) {
        actions.add(action);
        switch (action) {
            case TimeAction.Transmit transmit -> {
                Datagram datagram = new Datagram();
                transmit.seal(datagram, now().clockNanos());
                sent.add(new Sent(
                        trueNanos,
                        transmit.to(),
                        transmit.from(),
                        transmit.interfaceIndex(),
                        transmit.ttl(),
                        datagram));
            }
            case TimeAction.Step step -> clockError += Math.round(step.seconds() * SECOND);
            case TimeAction.SetFrequency _, TimeAction.TellKernel _, TimeAction.SaveDrift _ -> {}
            case TimeAction.SaveFloor _, TimeAction.Report _, TimeAction.Refused _ -> {}
        }
    }

    public Consumer<TimeAction> out() {
        return this::carryOut;
    }

    /// Lets time pass up to `trueTime`, every timer at its moment.
    public void runTo(long trueTime) {
        runTo(trueTime, _ -> {});
    }

    /// The same; `onSent` sees each packet right after it left, and may bring an answer.
    public void runTo(long trueTime, Consumer<Sent> onSent) {
        int seen = sent.size();
        for (int rings = 0; ; rings++) {
            if (rings > MOST_RINGS) {
                throw new AssertionError("a timer rings for ever");
            }
            long deadline = engine.nextDeadlineNanos() - SECOND + startTrue;
            if (deadline > trueTime) {
                trueNanos = trueTime;
                return;
            }
            trueNanos = Math.max(trueNanos, deadline);
            engine.advance(now(), this::carryOut);
            for (; seen < sent.size(); seen++) {
                onSent.accept(sent.get(seen));
            }
        }
    }

    public void run(double seconds) {
        runTo(trueNanos + Math.round(seconds * SECOND));
    }

    public void run(double seconds, Consumer<Sent> onSent) {
        runTo(trueNanos + Math.round(seconds * SECOND), onSent);
    }

    /// A packet arrives now.
    public void receive(Datagram datagram) {
        datagram.receivedAtNanos = now().clockNanos();
        engine.receive(datagram, now(), this::carryOut);
    }

    public void hostClock(HostClock clock) {
        engine.hostClockIs(clock, now(), this::carryOut);
    }

    public TimeView view() {
        return engine.view(now());
    }

    public Optional<AssociationView> find(AssociationView.Kind kind) {
        return view().associations().stream().filter(one -> one.kind() == kind).findFirst();
    }

    public AssociationView only(AssociationView.Kind kind) {
        return find(kind).orElseThrow(() -> new AssertionError("no " + kind + " among " + view().associations()));
    }

    public boolean isSynchronised() {
        return engine.serverState().isSynchronised();
    }

    public List<String> reports() {
        return actions.stream()
                .filter(TimeAction.Report.class::isInstance)
                .map(action -> ((TimeAction.Report) action).sentence())
                .toList();
    }
}
