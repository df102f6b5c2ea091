package org.ekicho.ntp.broadcast;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.association.Arrival;
import org.ekicho.ntp.association.Exchange;
import org.ekicho.ntp.association.Instruments;
import org.ekicho.ntp.association.Interval;
import org.ekicho.ntp.association.PeerEvent;
import org.ekicho.ntp.association.PeerJournal;
import org.ekicho.ntp.association.Reading;
import org.ekicho.ntp.association.Reply;
import org.ekicho.ntp.association.TimeSource;
import org.ekicho.ntp.association.ViewDraft;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.ntp.estimate.ClockChange;
import org.ekicho.ntp.estimate.Estimate;
import org.ekicho.ntp.estimate.Sample;
import org.ekicho.ntp.estimate.SourceEstimator;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.ntp.packet.NtpShort;
import org.ekicho.ntp.packet.NtpTimestamp;
import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.ntp.selection.Verdict;
import org.ekicho.ntp.server.ServerState;
import org.ekicho.ntp.settings.ReceiverSettings;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.Moment;
import org.jspecify.annotations.Nullable;

/// One sender of broadcasts that we follow. First a volley of unicast requests measures the way to it, then each of
/// its packets tells its time: transmit timestamp and half the round trip, less our clock on arrival. The round trip
/// is measured again now and then. It lives as long as the sender is heard.
///
/// Everything handed to [#hear] and [#answer] has passed its MAC already.
public final class SenderAssociation implements TimeSource {
    /// A packet that tells a time this much before the one expected was held back and sent again: no path of a LAN
    /// keeps a packet for so long.
    private static final double HELD_BACK_SECONDS = 0.5;
    /// A measured offset this far from the one expected means that a clock was stepped: what was learnt is void.
    private static final double JUMP_SECONDS = 0.5;
    /// Unanswered volleys are repeated ever more rarely, down to once in 1024 s (17 minutes).
    private static final int SLOWEST_RETRY = 10;
    /// Intervals of silence after which it is removed: eight until unreachable, as many again for a second chance.
    private static final int LIFE_INTERVALS = 16;
    /// A missing packet is noticed this much after it was due: the sender's own random second, and jitter.
    private static final long GRACE = Interval.ofSeconds(3);

    private final int id;
    private final Endpoint sender;
    private final ReceiverSettings settings;
    private final double maxDistance;
    private final String interfaceName;
    private final Instruments instruments;
    private final ReplayFloors floors;
    private final PeerJournal journal = new PeerJournal();
    private final SourceEstimator estimator;
    private final KeyedStreams streams = new KeyedStreams();
    private final PathDelay delay = new PathDelay();
    private KeyedStreams.Key followed;
    private Exchange exchange;
    private int poll;
    private IpAddress local;
    private @Nullable Volley volley;
    private int unansweredVolleys;
    private long nextVolley;
    private long lastHeard;
    private long intervalEnds;
    private long lastGood;

    /// @param first         the packet that made us notice the sender; to be given to [#hear] next
    /// @param interfaceName by which it came
    /// @param maxDistance   `tos maxdist`, for the flash word
    SenderAssociation(
            Arrival first,
            String interfaceName,
            ReceiverSettings settings,
            double maxDistance,
            ReplayFloors floors,
            Instruments instruments) {
        this.id = instruments.nextId();
        this.sender = first.sender();
        this.settings = settings;
        this.maxDistance = maxDistance;
        this.interfaceName = interfaceName;
        this.floors = floors;
        this.instruments = instruments;
        this.followed = KeyedStreams.Key.of(first);
        this.poll = first.packet().poll();
        this.exchange = new Exchange(sender, followed.keyId(), first.packet().version(), instruments);
        this.estimator = new SourceEstimator(poll, poll);
        this.local = sender.address().isV4() ? IpAddress.ANY_V4 : IpAddress.ANY_V6;
        this.nextVolley = Interval.NEVER;
        long now = first.monotonicNanos();
        lastHeard = now;
        intervalEnds = now + Interval.ofPoll(poll) + GRACE;
        if (settings.volley()) {
            long spread = Math.min(settings.startSpread().toNanos(), Interval.ofPoll(poll));
            nextVolley = now + Interval.between(0, spread, instruments.dice());
        } else {
            delay.assume(settings.fixedDelay().toNanos() * 1e-9);
        }
    }

    @Override
    public int id() {
        return id;
    }

    Endpoint sender() {
        return sender;
    }

    /// The key of the stream that is followed, 0: none.
    int keyId() {
        return followed.keyId();
    }

    /// What followed of a packet.
    enum Outcome {
        /// There is a new sample.
        MEASURED,
        /// It was taken notice of, or refused and counted.
        NOTED
    }

    /// A packet in its name was refused before it came to us.
    void refuse(NtpReason reason, Consumer<TimeAction> out) {
        journal.refuse(reason);
        out.accept(new TimeAction.Refused(reason));
    }

    /// One broadcast of this sender, genuine and newer than all before.
    Outcome hear(Arrival arrival, Moment now, Consumer<TimeAction> out) {
        if (streams.isEarly(arrival)) {
            floors.raise(sender.address(), arrival.keyId(), arrival.packet().transmit(), now, out);
            refuse(NtpReason.TOO_EARLY, out);
            return Outcome.NOTED;
        }
        Optional<Sample> sample = sample(arrival);
        if (sample.isPresent() && isHeldBack(sample.get())) {
            refuse(NtpReason.TOO_OLD, out);
            measureSoon(now);
            return Outcome.NOTED;
        }
        floors.raise(sender.address(), arrival.keyId(), arrival.packet().transmit(), now, out);
        streams.heard(arrival);
        KeyedStreams.Key key = KeyedStreams.Key.of(arrival);
        if (!key.equals(followed)) {
            if (!streams.isSilent(followed, arrival.monotonicNanos())) {
                return Outcome.NOTED;
            }
            follow(key, arrival, out);
        }
        return take(arrival, sample, out);
    }

    /// The stream followed so far has ended, this one goes on: all that was learnt of the sender stays.
    private void follow(KeyedStreams.Key key, Arrival arrival, Consumer<TimeAction> out) {
        out.accept(new TimeAction.Report(
                TimeAction.Severity.INFO,
                sender.address() + " is followed by key " + text(key.keyId()) + " now: its packets with key "
                        + text(followed.keyId()) + " have ended"));
        followed = key;
        exchange = new Exchange(sender, key.keyId(), arrival.packet().version(), instruments);
    }

    private static String text(int keyId) {
        return keyId == 0 ? "none" : Integer.toUnsignedString(keyId);
    }

    private Outcome take(Arrival arrival, Optional<Sample> sample, Consumer<TimeAction> out) {
        journal.received(arrival);
        journal.intervalBegins();
        poll = arrival.packet().poll();
        lastHeard = arrival.monotonicNanos();
        intervalEnds = lastHeard + Interval.ofPoll(poll) + GRACE;
        if (sample.isEmpty()) {
            return Outcome.NOTED;
        }
        estimator.add(sample.get());
        lastGood = lastHeard;
        if (journal.reached()) {
            out.accept(new TimeAction.Report(TimeAction.Severity.INFO, sender.address() + " is followed"));
        }
        return Outcome.MEASURED;
    }

    /// What the packet says of the sender's clock; empty until the delay is known.
    private Optional<Sample> sample(Arrival arrival) {
        if (!delay.isKnown()) {
            return Optional.empty();
        }
        long sent = NtpTimestamp.toNanos(arrival.packet().transmit(), arrival.clockNanos());
        double offset = Interval.toSeconds(sent - arrival.clockNanos()) + delay.oneWaySeconds();
        double dispersion = instruments.precisionSeconds()
                + Math.scalb(1.0, arrival.packet().precision());
        return Optional.of(new Sample(arrival.monotonicNanos(), offset, delay.roundTripSeconds(), dispersion));
    }

    private boolean isHeldBack(Sample sample) {
        Optional<Estimate> expected = estimator.estimate(sample.monotonicNanos());
        return expected.isPresent()
                && sample.offsetSeconds()
                        < expected.get().offsetSeconds()
                                - HELD_BACK_SECONDS
                                - expected.get().offsetDeviation();
    }

    /// A packet came that is older than one before. If nothing newer comes, the sender's clock may have gone back.
    void replayed(NtpReason reason, Arrival arrival, Moment now, Consumer<TimeAction> out) {
        refuse(reason, out);
        if (reason == NtpReason.REPLAY && streams.isOverdue(KeyedStreams.Key.of(arrival), now.monotonicNanos())) {
            measureSoon(now);
        }
    }

    /// Something does not fit: ask the sender itself, whose answer proves when it was given.
    private void measureSoon(Moment now) {
        if (settings.volley() && volley == null && unansweredVolleys == 0 && delay.isKnown()) {
            nextVolley = Math.min(
                    nextVolley,
                    now.monotonicNanos() + Interval.between(0, Interval.ofPoll(poll) / 2, instruments.dice()));
        }
    }

    /// A unicast packet from the sender's address and port.
    Outcome answer(Arrival arrival, Moment now, Consumer<TimeAction> out) {
        return switch (exchange.judge(arrival)) {
            case Reply.Good good -> {
                use(good, arrival, now, out);
                yield Outcome.MEASURED;
            }
            case Reply.Unfit unfit -> {
                journal.problem(unfit.reason());
                out.accept(new TimeAction.Refused(unfit.reason()));
                if (volley != null && unfit.reason() != NtpReason.UNSYNCHRONISED) {
                    volley.stop();
                }
                yield Outcome.NOTED;
            }
            case Reply.Refused refused -> {
                refuse(refused.reason(), out);
                yield Outcome.NOTED;
            }
        };
    }

    private void use(Reply.Good good, Arrival arrival, Moment now, Consumer<TimeAction> out) {
        local = arrival.to();
        journal.received(arrival);
        Sample sample = good.sample();
        Optional<Estimate> expected = estimator.estimate(sample.monotonicNanos());
        if (expected.isPresent()
                && Math.abs(sample.offsetSeconds() - expected.get().offsetSeconds()) > JUMP_SECONDS) {
            estimator.reset();
        }
        estimator.add(sample);
        mendFloor(good.packet(), now, out);
        lastGood = arrival.monotonicNanos();
        if (journal.reached()) {
            out.accept(new TimeAction.Report(TimeAction.Severity.INFO, sender.address() + " answers"));
        }
        if (volley != null) {
            volley.answered(sample.delaySeconds());
            if (volley.isOver(now.monotonicNanos())) {
                conclude(volley, now, out);
            }
        }
    }

    /// An answer to a nonce cannot be a replay: if it is stamped before the floor, the sender's clock went back.
    private void mendFloor(NtpPacket packet, Moment now, Consumer<TimeAction> out) {
        Optional<Long> floor = floors.of(sender.address(), followed.keyId());
        if (floor.isPresent() && NtpTimestamp.isAfter(floor.get(), packet.transmit())) {
            floors.lower(sender.address(), followed.keyId(), packet.transmit(), now, out);
            out.accept(new TimeAction.Report(
                    TimeAction.Severity.WARNING, "the clock of " + sender.address() + " went back"));
        }
    }

    @Override
    public void advance(Moment now, Consumer<TimeAction> out) {
        long time = now.monotonicNanos();
        if (volley == null && time >= nextVolley) {
            volley = delay.isKnown() ? Volley.later(time) : Volley.first(time);
            nextVolley = Interval.NEVER;
        }
        if (volley != null && time >= volley.next()) {
            if (volley.isOver(time)) {
                conclude(volley, now, out);
            } else {
                volley.asked(time);
                journal.sent();
                out.accept(exchange.request(0, poll));
            }
        }
        if (time >= intervalEnds) {
            missed(time, out);
        }
    }

    private void missed(long time, Consumer<TimeAction> out) {
        intervalEnds = time + Interval.ofPoll(poll);
        journal.problem(NtpReason.TIMED_OUT);
        if (journal.intervalBegins()) {
            out.accept(new TimeAction.Report(
                    TimeAction.Severity.WARNING, sender.address() + " is not heard any more: unreachable"));
        }
    }

    private void conclude(Volley over, Moment now, Consumer<TimeAction> out) {
        volley = null;
        exchange.cancel();
        if (over.answers() == 0) {
            unansweredVolleys++;
            journal.problem(NtpReason.VOLLEY_UNANSWERED);
            journal.event(PeerEvent.NO_REPLY);
            long retry = Interval.ofPoll(Math.min(poll + unansweredVolleys, Math.max(poll, SLOWEST_RETRY)));
            nextVolley = now.monotonicNanos() + jittered(retry);
            if (unansweredVolleys == 1) {
                out.accept(new TimeAction.Report(
                        TimeAction.Severity.WARNING, sender.address() + ": " + NtpReason.VOLLEY_UNANSWERED.sentence()));
            }
            return;
        }
        unansweredVolleys = 0;
        delay.measured(over.leastDelay(), now.monotonicNanos());
        nextVolley = settings.remeasure().isZero()
                ? Interval.NEVER
                : now.monotonicNanos() + jittered(settings.remeasure().toNanos());
    }

    /// Up to a quarter less or more.
    private long jittered(long span) {
        return Interval.between(span - span / 4, span + span / 4, instruments.dice());
    }

    @Override
    public long deadlineNanos() {
        long next = volley == null ? nextVolley : volley.next();
        return Math.min(next, intervalEnds);
    }

    /// True when it was silent for so long that it is to be forgotten.
    boolean isDead(Moment now) {
        return now.monotonicNanos() - lastHeard > LIFE_INTERVALS * Interval.ofPoll(poll) + GRACE;
    }

    @Override
    public Optional<Reading> reading(Moment now) {
        NtpPacket packet = journal.packet();
        if (packet == null || !journal.isReachable() || Exchange.headerFitness(packet, instruments) != NtpReason.OK) {
            return Optional.empty();
        }
        double age = Math.max(0, Interval.toSeconds(now.monotonicNanos() - lastGood));
        return estimator
                .estimate(now.monotonicNanos())
                .map(estimate -> new Reading(
                        id,
                        estimate,
                        packet.leap(),
                        packet.stratum() + 1,
                        NtpShort.toSeconds(packet.rootDelay()),
                        NtpShort.toSeconds(packet.rootDispersion()) + ServerState.PHI * age,
                        ReferenceId.ofAddress(sender.address()),
                        Set.of(),
                        poll,
                        Reading.Origin.REMOTE,
                        sender.address().toString()));
    }

    @Override
    public void clockChanged(ClockChange change) {
        estimator.clockChanged(change);
        if (change.offsetSeconds() != 0) {
            exchange.cancel();
        }
    }

    @Override
    public void becameSystemPeer() {
        journal.event(PeerEvent.SYS_PEER);
    }

    @Override
    public AssociationView view(Moment now, Verdict verdict) {
        ViewDraft draft = new ViewDraft(id, AssociationView.Kind.BROADCAST_RECEIVER, sender);
        journal.show(draft, maxDistance);
        draft.local = local;
        draft.interfaceName = interfaceName;
        draft.volley = !delay.isKnown();
        draft.keyId = followed.keyId();
        draft.hostPoll = poll;
        draft.peerPoll = poll;
        draft.filter = estimator.filter(now.monotonicNanos());
        estimator.estimate(now.monotonicNanos()).ifPresent(draft::estimate);
        draft.verdict(verdict);
        draft.state = state(now, verdict);
        return draft.view();
    }

    private String state(Moment now, Verdict verdict) {
        long time = now.monotonicNanos();
        if (!delay.isKnown()) {
            return measuring(time);
        }
        if (!journal.isReachable()) {
            return "unreachable: silent for " + seconds(time - lastHeard);
        }
        String how = delay.isAssumed() ? "assumed" : "measured " + seconds(time - delay.measuredAt()) + " ago";
        String following =
                String.format(Locale.ROOT, "following; delay of %.3f ms %s", delay.roundTripSeconds() * 1e3, how);
        return verdict.sentence().isEmpty() ? following : following + "; " + verdict.sentence();
    }

    private String measuring(long time) {
        if (volley != null) {
            return "measuring the delay: " + volley.answers() + " of " + volley.requests() + " requests answered";
        }
        String next = seconds(Math.max(0, nextVolley - time));
        return unansweredVolleys == 0
                ? "heard; measures the delay in " + next
                : NtpReason.VOLLEY_UNANSWERED.sentence() + "; asks again in " + next;
    }

    private static String seconds(long nanos) {
        return Math.round(Interval.toSeconds(nanos)) + " s";
    }
}
