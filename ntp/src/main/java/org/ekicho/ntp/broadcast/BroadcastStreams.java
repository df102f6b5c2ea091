package org.ekicho.ntp.broadcast;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.ekicho.ntp.association.Instruments;
import org.ekicho.ntp.association.Interval;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.ntp.server.ServerState;
import org.ekicho.ntp.settings.BroadcastSettings;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.Moment;

/// All streams of this host: one for each `broadcast` line and each way out.
public final class BroadcastStreams {
    /// Streams of one interface keep this far apart: a receiver that says `restrict limited` drops what follows
    /// another packet of the same sender within 2 s (`discard minimum`).
    private static final long APART = Interval.ofSeconds(2.1);
    /// Interfaces that come and go; the one gone longest is forgotten.
    private static final int MAX_ENDED = 64;

    private final List<BroadcastSettings> lines;
    private final Instruments instruments;
    private final Map<Integer, Long> lastByInterface = new HashMap<>();
    /// Streams that ended, with the time before which they may not send when they come back.
    private final Map<Ended, Long> ended = new LinkedHashMap<>();

    private List<BroadcastStream> streams = List.of();
    private ServerState state;

    private record Ended(BroadcastSettings line, StreamPath path) {}

    public BroadcastStreams(List<BroadcastSettings> lines, ServerState state, Instruments instruments) {
        this.lines = lines;
        this.state = state;
        this.instruments = instruments;
    }

    /// Plans anew; streams whose way is still there go on undisturbed.
    public void networkIs(List<LocalInterface> interfaces, Moment now, Consumer<TimeAction> out) {
        List<BroadcastStream> next = new ArrayList<>();
        for (BroadcastSettings line : lines) {
            List<StreamPath> paths = StreamPath.plan(line, interfaces);
            if (paths.isEmpty()) {
                out.accept(new TimeAction.Report(
                        TimeAction.Severity.WARNING, "no interface is up to send the stream to " + line.address()));
            }
            for (StreamPath path : paths) {
                BroadcastStream stream = keepOrStart(line, path, now, out);
                if (!next.contains(stream)) {
                    next.add(stream);
                }
            }
        }
        for (BroadcastStream old : streams) {
            if (!next.contains(old)) {
                remember(old);
                out.accept(new TimeAction.Report(
                        TimeAction.Severity.WARNING,
                        "the stream to " + old.settings().address() + " ends: "
                                + old.path().interfaceName() + " is gone or has lost "
                                + old.path().source()));
            }
        }
        streams = next;
    }

    private void remember(BroadcastStream old) {
        if (ended.size() >= MAX_ENDED) {
            ended.remove(ended.keySet().iterator().next());
        }
        ended.put(new Ended(old.settings(), old.path()), old.earliestNanos());
    }

    private BroadcastStream keepOrStart(BroadcastSettings line, StreamPath path, Moment now, Consumer<TimeAction> out) {
        for (BroadcastStream old : streams) {
            if (old.settings().equals(line) && old.path().equals(path)) {
                return old;
            }
        }
        Long notBefore = ended.remove(new Ended(line, path));
        BroadcastStream fresh = new BroadcastStream(
                line, path, state, notBefore == null ? now.monotonicNanos() : notBefore, instruments);
        fresh.stateIs(state, now);
        String by = path.interfaceIndex() == 0 ? "" : " leaves by " + path.interfaceName() + " from " + path.source();
        out.accept(new TimeAction.Report(
                TimeAction.Severity.INFO,
                "the stream to " + line.address() + by + ", every " + (1L << line.poll()) + " s, key "
                        + (line.keyId() == 0 ? "none" : Integer.toUnsignedString(line.keyId()))));
        return fresh;
    }

    /// What the packets say from now on.
    public void stateIs(ServerState newState, Moment now) {
        state = newState;
        streams.forEach(stream -> stream.stateIs(newState, now));
    }

    public void advance(Moment now, Consumer<TimeAction> out) {
        List<BroadcastStream> due = new ArrayList<>();
        for (BroadcastStream stream : streams) {
            if (stream.isDue(now)) {
                due.add(stream);
            }
        }
        due.sort(Comparator.comparingLong(BroadcastStream::deadlineNanos));
        for (BroadcastStream stream : due) {
            int index = stream.path().interfaceIndex();
            Long last = lastByInterface.get(index);
            if (last != null && now.monotonicNanos() - last < APART) {
                stream.postpone(last + APART);
            } else {
                lastByInterface.put(index, now.monotonicNanos());
                stream.send(now, out);
            }
        }
    }

    public long deadlineNanos() {
        return streams.stream().mapToLong(BroadcastStream::deadlineNanos).min().orElse(Interval.NEVER);
    }

    /// True for a packet of our own that a group brought back to us.
    public boolean isOwn(IpAddress sender, IpAddress to) {
        for (BroadcastStream stream : streams) {
            if (stream.path().source().equals(sender)
                    && stream.settings().address().equals(to)) {
                return true;
            }
        }
        return false;
    }

    public List<AssociationView> views(Moment now) {
        return streams.stream().map(stream -> stream.view(now)).toList();
    }
}
