package org.ekicho.ntp.broadcast;

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

/// One sender of broadcasts that we follow. First a volley of unicast requests measures the way to it, then each of
/// its packets tells its time: transmit timestamp and half the round trip, less our clock on arrival. The round trip
/// is measured again now and then. It lives as long as the sender is heard.
///
/// Everything handed to [#hear] and [#answer] has passed its MAC already.
public final class SenderAssociation implements TimeSource {
    /// A measured offset this far from the one expected means that a clock was stepped: what was learnt is void.
    private static final double JUMP_SECONDS = 0.5;
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
    private final BroadcastSamples samples;
    private final KeyedStreams streams = new KeyedStreams();
    private final DelayMeasurement measurement;
    private KeyedStreams.Key followed;
    private Exchange exchange;
    private int poll;
    private IpAddress local;
    private SenderTrust trust;
    private long lastHeard;
    private long intervalEnds;
    private long lastGood;

    /// @param first         the packet that made us notice the sender; to be given to [#hear] next
    /// @param trust         SUSPECT if that packet was not newer than the floor
    /// @param interfaceName by which it came
    /// @param maxDistance   `tos maxdist`, for the flash word
    SenderAssociation(
            Arrival first,
            SenderTrust trust,
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
        this.samples = new BroadcastSamples(estimator, instruments.precisionSeconds());
        this.local = sender.address().isV4() ? IpAddress.ANY_V4 : IpAddress.ANY_V6;
        this.trust = trust;
        this.lastHeard = first.monotonicNanos();
        this.intervalEnds = lastHeard + Interval.ofPoll(poll) + GRACE;
        this.measurement = new DelayMeasurement(settings, poll, instruments.dice(), lastHeard);
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
        Optional<Sample> sample = samples.of(arrival, measurement.delay());
        if (sample.isPresent() && isHeldBack(sample.get())) {
            refuse(NtpReason.TOO_OLD, out);
            measurement.soon(now.monotonicNanos(), poll);
            return Outcome.NOTED;
        }
        trust = SenderTrust.TRUSTED;
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
                sender.address() + " is followed by key " + key.keyText() + " now: its packets with key "
                        + followed.keyText() + " have ended"));
        followed = key;
        exchange = new Exchange(sender, key.keyId(), arrival.packet().version(), instruments);
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

    /// Where the sender may be asked, its answer settles what is right; where not, a clock that was set is believed
    /// after some packets.
    private boolean isHeldBack(Sample sample) {
        return settings.volley() ? samples.isHeldBack(sample) : samples.isHeldBackForNow(sample);
    }

    /// A packet came that is older than one before. If nothing newer comes, the sender's clock may have gone back.
    void replayed(NtpReason reason, Arrival arrival, Moment now, Consumer<TimeAction> out) {
        refuse(reason, out);
        if (reason == NtpReason.REPLAY && streams.isOverdue(KeyedStreams.Key.of(arrival), now.monotonicNanos())) {
            measurement.soon(now.monotonicNanos(), poll);
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
                measurement.failed(unfit.reason());
                yield Outcome.NOTED;
            }
            case Reply.Refused refused -> {
                refuse(refused.reason(), out);
                if (refused.reason() == NtpReason.CRYPTO_NAK) {
                    journal.event(PeerEvent.BAD_AUTH);
                    measurement.failed(refused.reason());
                }
                yield Outcome.NOTED;
            }
        };
    }

    private void use(Reply.Good good, Arrival arrival, Moment now, Consumer<TimeAction> out) {
        mendFloor(good.packet(), now, out);
        local = arrival.to();
        journal.received(arrival);
        Sample sample = good.sample();
        Optional<Estimate> expected = estimator.estimate(sample.monotonicNanos());
        if (expected.isPresent()
                && Math.abs(sample.offsetSeconds() - expected.get().offsetSeconds()) > JUMP_SECONDS) {
            estimator.reset();
        }
        estimator.add(sample);
        lastGood = arrival.monotonicNanos();
        if (journal.reached()) {
            out.accept(new TimeAction.Report(TimeAction.Severity.INFO, sender.address() + " answers"));
        }
        follow(measurement.answered(sample.delaySeconds(), now.monotonicNanos(), poll), out);
    }

    /// An answer to a nonce cannot be a replay: if it is stamped before the floor, the sender's clock went back.
    private void mendFloor(NtpPacket packet, Moment now, Consumer<TimeAction> out) {
        Optional<Long> floor = floors.of(sender.address(), followed.keyId());
        if (floor.isPresent() && NtpTimestamp.isAfter(floor.get(), packet.transmit())) {
            floors.lower(sender.address(), followed.keyId(), packet.transmit(), now, out);
            trust = SenderTrust.TRUSTED;
            out.accept(new TimeAction.Report(
                    TimeAction.Severity.WARNING, "the clock of " + sender.address() + " went back"));
        } else if (trust == SenderTrust.SUSPECT) {
            trust = SenderTrust.REPLAYED;
        }
    }

    @Override
    public void advance(Moment now, Consumer<TimeAction> out) {
        long time = now.monotonicNanos();
        if (trust == SenderTrust.REPLAYED) {
            return;
        }
        follow(measurement.advance(time, poll), out);
        if (time >= intervalEnds) {
            missed(time, out);
        }
    }

    private void missed(long time, Consumer<TimeAction> out) {
        intervalEnds = time + Interval.ofPoll(poll);
        journal.timedOut();
        if (journal.intervalBegins()) {
            out.accept(new TimeAction.Report(
                    TimeAction.Severity.WARNING, sender.address() + " is not heard any more: unreachable"));
        }
    }

    private void follow(DelayMeasurement.Step step, Consumer<TimeAction> out) {
        switch (step) {
            case NOTHING -> {}
            case ASK -> {
                journal.sent();
                out.accept(exchange.request(0, poll));
            }
            case MEASURED -> exchange.cancel();
            case UNANSWERED -> {
                exchange.cancel();
                journal.problem(measurement.failure());
                journal.event(PeerEvent.NO_REPLY);
                if (measurement.unanswered() == 1) {
                    out.accept(new TimeAction.Report(
                            TimeAction.Severity.WARNING,
                            sender.address() + ": " + measurement.failure().sentence()));
                }
            }
        }
    }

    @Override
    public long deadlineNanos() {
        return Math.min(measurement.deadlineNanos(), intervalEnds);
    }

    /// True when it is to be forgotten: it was silent for long, or nothing of what was heard in its name is of now.
    boolean isDead(Moment now) {
        boolean silent = now.monotonicNanos() - lastHeard > LIFE_INTERVALS * Interval.ofPoll(poll) + GRACE;
        return silent
                || trust == SenderTrust.REPLAYED
                || (trust == SenderTrust.SUSPECT && measurement.unanswered() > 0);
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
        draft.volley = !measurement.isKnown();
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
        if (trust == SenderTrust.SUSPECT) {
            return "suspect: " + NtpReason.REPLAY.sentence();
        }
        if (!measurement.isKnown()) {
            return measurement.sentence(time);
        }
        if (!journal.isReachable()) {
            return journal.problem()
                    .filter(reason -> reason != NtpReason.TIMED_OUT)
                    .map(reason -> "unreachable: " + reason.sentence())
                    .orElse("unreachable: silent for " + Math.round(Interval.toSeconds(time - lastHeard)) + " s");
        }
        String following = "following; " + measurement.sentence(time);
        return verdict.sentence().isEmpty() ? following : following + "; " + verdict.sentence();
    }
}
