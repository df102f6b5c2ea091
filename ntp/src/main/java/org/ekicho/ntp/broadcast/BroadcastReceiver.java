package org.ekicho.ntp.broadcast;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.access.RestrictFlag;
import org.ekicho.ntp.access.RestrictTable;
import org.ekicho.ntp.association.Arrival;
import org.ekicho.ntp.association.Exchange;
import org.ekicho.ntp.association.Instruments;
import org.ekicho.ntp.association.Interval;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.ntp.boundary.ReplayFloor;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.ntp.packet.NtpTimestamp;
import org.ekicho.ntp.settings.ReceiverSettings;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.Moment;
import org.jspecify.annotations.Nullable;

/// Decides which broadcasts are believed, and follows their senders. The MAC is judged before anything changes; then
/// come the header, the replay floor and the distance from our clock; only what passes all of them forms or feeds an
/// association.
public final class BroadcastReceiver {
    /// Intervals of 2 s to 36 hours (RFC 5905 §7.2 MINPOLL and MAXPOLL are 4 and 17; tests and demos are faster).
    private static final int MIN_POLL = 1;

    private static final int MAX_POLL = 17;
    /// Replayed packets make us ask their sender no more often than this.
    private static final long SUSPECT_INTERVAL = Interval.ofSeconds(600);

    private final TimeSettings settings;
    private final ReceiverSettings receiver;
    private final Instruments instruments;
    private final RestrictTable restricts;
    private final ReplayFloors floors;
    private final Map<IpAddress, SenderAssociation> associations = new HashMap<>();
    private Map<Integer, LocalInterface> interfaces = Map.of();
    private boolean everMeasured;
    /// Monotonic time from which a sender of too old packets may be asked again.
    private long nextSuspect = Long.MIN_VALUE;

    public BroadcastReceiver(TimeSettings settings, List<ReplayFloor> saved, Instruments instruments) {
        this.settings = settings;
        this.receiver = settings.receiver();
        this.instruments = instruments;
        this.restricts = new RestrictTable(settings.restricts());
        this.floors = new ReplayFloors(saved);
    }

    /// What became of a packet.
    public sealed interface Result {
        /// The association of this id has a new sample.
        record Measured(int id) implements Result {}

        /// It belongs to an association, which took notice of it or refused it.
        record Noted() implements Result {}

        /// It belongs to no association.
        record Stray(NtpReason reason) implements Result {}
    }

    /// The interfaces as they are now.
    public void networkIs(List<LocalInterface> now) {
        Map<Integer, LocalInterface> byIndex = new HashMap<>();
        now.forEach(one -> byIndex.put(one.index(), one));
        interfaces = byIndex;
    }

    /// One packet of mode 5.
    public Result receiveBroadcast(Arrival arrival, Moment now, Consumer<TimeAction> out) {
        NtpReason admission = admission(arrival);
        if (admission != NtpReason.OK) {
            return new Result.Stray(admission);
        }
        @Nullable SenderAssociation known = associations.get(arrival.sender().address());
        NtpReason reason = judge(arrival, known);
        if (known == null) {
            return receiveFirst(arrival, reason, now, out);
        }
        if (reason == NtpReason.REPLAY || reason == NtpReason.DUPLICATE) {
            known.replayed(reason, arrival, now, out);
            return new Result.Noted();
        }
        if (reason != NtpReason.OK) {
            known.refuse(reason, out);
            return new Result.Noted();
        }
        return result(known, known.hear(arrival, now, out));
    }

    /// From a sender that is not followed. One whose genuine packets are too old may live with a clock that went back:
    /// now and then it is asked.
    private Result receiveFirst(Arrival arrival, NtpReason reason, Moment now, Consumer<TimeAction> out) {
        if (reason == NtpReason.OK) {
            SenderAssociation fresh = form(arrival, SenderTrust.TRUSTED);
            return fresh == null
                    ? new Result.Stray(NtpReason.TOO_MANY_ASSOCIATIONS)
                    : welcome(fresh, arrival, now, out);
        }
        boolean worthAsking = reason == NtpReason.REPLAY && receiver.volley() && !isTooFar(arrival);
        if (worthAsking && now.monotonicNanos() >= nextSuspect) {
            nextSuspect = now.monotonicNanos() + SUSPECT_INTERVAL;
            form(arrival, SenderTrust.SUSPECT);
        }
        return new Result.Stray(reason);
    }

    /// Whether we listen there at all.
    private NtpReason admission(Arrival arrival) {
        if (!receiver.isOn()) {
            return NtpReason.NOT_LISTENING;
        }
        @Nullable LocalInterface in = interfaces.get(arrival.interfaceIndex());
        boolean named = in == null
                || receiver.interfaces().isEmpty()
                || receiver.interfaces().contains(in.name());
        boolean known = in != null || arrival.interfaceIndex() == 0 || interfaces.isEmpty();
        if (!named || !known) {
            return NtpReason.INTERFACE_NOT_SERVED;
        }
        if (arrival.to().isMulticast()) {
            return receiver.groups().contains(arrival.to()) ? NtpReason.OK : NtpReason.GROUP_NOT_WANTED;
        }
        if (arrival.to().isAny()) {
            return NtpReason.OK;
        }
        return receiver.broadcast() && !instruments.isOwn(arrival.to()) ? NtpReason.OK : NtpReason.NOT_LISTENING;
    }

    /// MAC first, then what the packet says; nothing is changed here.
    private NtpReason judge(Arrival arrival, @Nullable SenderAssociation known) {
        NtpReason mac = mac(arrival, known);
        if (mac != NtpReason.OK) {
            return mac;
        }
        NtpPacket packet = arrival.packet();
        NtpReason header = Exchange.headerFitness(packet, instruments);
        if (header != NtpReason.OK) {
            return header;
        }
        if (packet.stratum() < settings.selection().floor()
                || packet.stratum() >= settings.selection().ceiling()) {
            return NtpReason.STRATUM_OUT_OF_RANGE;
        }
        if (packet.poll() < MIN_POLL || packet.poll() > MAX_POLL) {
            return NtpReason.POLL_OUT_OF_RANGE;
        }
        NtpReason floor = floors.check(arrival.sender().address(), arrival.keyId(), packet.transmit());
        if (floor != NtpReason.OK) {
            return floor;
        }
        return isTooFar(arrival) ? NtpReason.TOO_FAR : NtpReason.OK;
    }

    /// Without `disable auth` a packet needs a good MAC; with it, a sender that was heard with one still does, and so
    /// does one that a restrict line distrusts.
    private NtpReason mac(Arrival arrival, @Nullable SenderAssociation known) {
        if (arrival.mac() != NtpReason.MISSING_MAC) {
            return arrival.mac();
        }
        if (settings.authRequired() || (known != null && known.keyId() != 0)) {
            return NtpReason.MISSING_MAC;
        }
        IpAddress sender = arrival.sender().address();
        int flags =
                restricts.flags(sender.high(), sender.low(), arrival.sender().port());
        if (RestrictFlag.NOTRUST.isIn(flags)) {
            return NtpReason.RESTRICT_NOTRUST;
        }
        return RestrictFlag.NOPEER.isIn(flags) ? NtpReason.RESTRICT_NOPEER : NtpReason.OK;
    }

    private boolean isTooFar(Arrival arrival) {
        double panic = settings.discipline().panicThreshold();
        if (panic == 0 || (settings.discipline().panicOnceAllowed() && !everMeasured)) {
            return false;
        }
        long sent = NtpTimestamp.toNanos(arrival.packet().transmit(), arrival.clockNanos());
        return Math.abs(Interval.toSeconds(sent - arrival.clockNanos())) > panic;
    }

    /// A new association; null when there is no room.
    private @Nullable SenderAssociation form(Arrival arrival, SenderTrust trust) {
        if (associations.size() >= receiver.maxSenders()) {
            return null;
        }
        @Nullable LocalInterface in = interfaces.get(arrival.interfaceIndex());
        SenderAssociation fresh = new SenderAssociation(
                arrival,
                trust,
                in == null ? "" : in.name(),
                receiver,
                settings.selection().maxDist(),
                floors,
                instruments);
        associations.put(arrival.sender().address(), fresh);
        return fresh;
    }

    private Result welcome(SenderAssociation fresh, Arrival arrival, Moment now, Consumer<TimeAction> out) {
        out.accept(new TimeAction.Report(
                TimeAction.Severity.INFO,
                "heard " + arrival.sender().address() + " on " + arrival.to() + ", key "
                        + (arrival.keyId() == 0 ? "none" : Integer.toUnsignedString(arrival.keyId()))));
        return result(fresh, fresh.hear(arrival, now, out));
    }

    /// One packet of another mode: an answer to a request of a volley, or none of ours.
    public Result receiveReply(Arrival arrival, Moment now, Consumer<TimeAction> out) {
        @Nullable SenderAssociation known = associations.get(arrival.sender().address());
        if (known == null || !known.sender().equals(arrival.sender())) {
            return new Result.Stray(NtpReason.UNEXPECTED_MODE);
        }
        return result(known, known.answer(arrival, now, out));
    }

    private Result result(SenderAssociation association, SenderAssociation.Outcome outcome) {
        return switch (outcome) {
            case MEASURED -> {
                everMeasured = true;
                yield new Result.Measured(association.id());
            }
            case NOTED -> new Result.Noted();
        };
    }

    /// Forgets senders that have been silent for long; they may come again as new ones.
    public void removeDead(Moment now, Consumer<TimeAction> out) {
        associations.values().removeIf(association -> {
            boolean dead = association.isDead(now);
            if (dead) {
                out.accept(new TimeAction.Report(
                        TimeAction.Severity.INFO,
                        association.sender().address() + " is forgotten: nothing of now was heard from it for long"));
            }
            return dead;
        });
    }

    public List<SenderAssociation> associations() {
        return new ArrayList<>(associations.values());
    }
}
