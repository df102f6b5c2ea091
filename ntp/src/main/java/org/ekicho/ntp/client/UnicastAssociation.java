package org.ekicho.ntp.client;

import java.util.EnumSet;
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
import org.ekicho.ntp.estimate.SourceEstimator;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.ntp.packet.NtpShort;
import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.ntp.selection.Candidate;
import org.ekicho.ntp.selection.Verdict;
import org.ekicho.ntp.server.ServerState;
import org.ekicho.ntp.settings.SourceSettings;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.Moment;

/// One server that is asked by mode 3 requests, each with a nonce, at intervals of 2^poll seconds and a little more.
public final class UnicastAssociation implements TimeSource {
    /// Requests of an `iburst` or `burst`, as classic ntpd and our own volleys make them.
    private static final int BURST = 6;
    /// Two seconds are the least that `discard minimum` of a classic server lets pass.
    private static final long BURST_SPACING = Interval.ofSeconds(2);
    /// A burst that nobody answers ends after so many requests.
    private static final int UNANSWERED_BURST = 3;
    /// Intervals are up to this much longer than 2^poll, so that clients started together drift apart.
    private static final double SPREAD = 0.03;
    /// The first request leaves within this, for the same reason.
    private static final long FIRST_WITHIN = Interval.SECOND;
    /// However often a server says RATE or DENY, it is asked again after 2^10 s (17 minutes), or 2^maxpoll.
    private static final int SLOWEST_POLL = 10;
    /// Intervals without answer after which requests become rarer, up to maxpoll.
    private static final int PATIENCE = 8;

    private final int id;
    private final SourceSettings settings;
    private final Endpoint server;
    private final Instruments instruments;
    private final double maxDistance;
    private final Exchange exchange;
    private final SourceEstimator estimator;
    private final PeerJournal journal = new PeerJournal();
    private IpAddress local;
    private long deadline;
    private int burstLeft;
    private int burstSent;
    private boolean burstAnswered;
    /// Least poll exponent that the server asked for with kisses; 0: none.
    private int kissPoll;

    private boolean denied;
    private long lastGoodMonotonic;

    /// @param maxDistance `tos maxdist`, for the flash word
    public UnicastAssociation(
            SourceSettings settings, Endpoint server, double maxDistance, Instruments instruments, Moment now) {
        this.id = instruments.nextId();
        this.settings = settings;
        this.server = server;
        this.instruments = instruments;
        this.maxDistance = maxDistance;
        this.exchange = new Exchange(server, settings.keyId(), settings.version(), instruments);
        this.estimator = new SourceEstimator(settings.minPoll(), settings.maxPoll());
        this.local = server.address().isV4() ? IpAddress.ANY_V4 : IpAddress.ANY_V6;
        this.deadline = now.monotonicNanos() + Interval.between(0, FIRST_WITHIN, instruments.dice());
    }

    @Override
    public int id() {
        return id;
    }

    public Endpoint server() {
        return server;
    }

    public boolean isReachable() {
        return journal.isReachable();
    }

    @Override
    public long deadlineNanos() {
        return deadline;
    }

    @Override
    public void advance(Moment now, Consumer<TimeAction> out) {
        if (now.monotonicNanos() < deadline) {
            return;
        }
        if (exchange.isWaiting()) {
            journal.timedOut();
        }
        if (burstLeft == 0) {
            beginInterval(out);
        }
        out.accept(exchange.request(0, hostPoll()));
        journal.sent();
        burstLeft--;
        burstSent++;
        if (burstSent >= UNANSWERED_BURST && !burstAnswered) {
            burstLeft = 0;
        }
        deadline = now.monotonicNanos() + (burstLeft > 0 ? BURST_SPACING : interval());
    }

    private void beginInterval(Consumer<TimeAction> out) {
        if (journal.intervalBegins()) {
            out.accept(new TimeAction.Report(
                    TimeAction.Severity.WARNING, name() + " does not answer any more: unreachable"));
        }
        boolean burst = journal.isReachable() ? settings.burst() : settings.iburst();
        burstLeft = burst && kissPoll == 0 ? BURST : 1;
        burstSent = 0;
        burstAnswered = false;
    }

    /// 2^poll and up to 3 % more, in nanoseconds.
    private long interval() {
        long whole = Interval.ofPoll(hostPoll());
        return whole + Interval.between(0, Math.round(whole * SPREAD), instruments.dice());
    }

    private int hostPoll() {
        int poll = estimator.poll();
        if (journal.unreach() > PATIENCE) {
            poll = Math.min(settings.maxPoll(), poll + journal.unreach() - PATIENCE);
        }
        if (denied) {
            poll = slowestPoll();
        }
        return Math.max(poll, kissPoll);
    }

    private int slowestPoll() {
        return Math.max(settings.maxPoll(), SLOWEST_POLL);
    }

    /// A packet from the server's address and port.
    ///
    /// @return true when there is a new sample
    public boolean receive(Arrival arrival, Consumer<TimeAction> out) {
        return switch (exchange.judge(arrival)) {
            case Reply.Good good -> {
                use(good, arrival, out);
                yield true;
            }
            case Reply.Unfit unfit -> {
                journal.received(arrival);
                journal.problem(unfit.reason());
                out.accept(new TimeAction.Refused(unfit.reason()));
                heed(unfit.reason(), out);
                yield false;
            }
            case Reply.Refused refused -> {
                refuse(refused.reason(), out);
                yield false;
            }
        };
    }

    private void use(Reply.Good good, Arrival arrival, Consumer<TimeAction> out) {
        local = arrival.to();
        journal.received(arrival);
        burstAnswered = true;
        denied = false;
        lastGoodMonotonic = arrival.monotonicNanos();
        estimator.add(good.sample());
        if (journal.reached()) {
            out.accept(new TimeAction.Report(TimeAction.Severity.INFO, name() + " answers"));
        }
    }

    private void refuse(NtpReason reason, Consumer<TimeAction> out) {
        if (reason == NtpReason.CRYPTO_NAK) {
            journal.event(PeerEvent.BAD_AUTH);
            journal.problem(reason);
        } else {
            journal.refuse(reason);
        }
        out.accept(new TimeAction.Refused(reason));
    }

    /// Kisses ask for less: of RATE each makes the interval twice as long, DENY stops all but an occasional try.
    private void heed(NtpReason reason, Consumer<TimeAction> out) {
        if (reason == NtpReason.KISS_RATE) {
            kissPoll = Math.min(hostPoll() + 1, slowestPoll());
            burstLeft = 0;
            deadline += interval();
            journal.event(PeerEvent.RATE_EXCEEDED);
            out.accept(new TimeAction.Report(
                    TimeAction.Severity.WARNING, name() + " is asked less often: " + reason.sentence()));
        } else if (reason == NtpReason.KISS_DENY) {
            denied = true;
            burstLeft = 0;
            deadline += interval();
            journal.event(PeerEvent.ACCESS_DENIED);
            out.accept(new TimeAction.Report(TimeAction.Severity.WARNING, name() + ": " + reason.sentence()));
        }
    }

    @Override
    public Optional<Reading> reading(Moment now) {
        NtpPacket packet = journal.packet();
        if (packet == null || !journal.isReachable() || !isFit(packet)) {
            return Optional.empty();
        }
        double age = Interval.toSeconds(now.monotonicNanos() - lastGoodMonotonic);
        return estimator
                .estimate(now.monotonicNanos())
                .map(estimate -> new Reading(
                        id,
                        estimate,
                        packet.leap(),
                        packet.stratum() + 1,
                        NtpShort.toSeconds(packet.rootDelay()),
                        NtpShort.toSeconds(packet.rootDispersion()) + ServerState.PHI * Math.max(0, age),
                        ReferenceId.ofAddress(server.address()),
                        traits(),
                        hostPoll(),
                        Reading.Origin.REMOTE,
                        name()));
    }

    /// False while the last packet was a kiss or said that the server has no time of its own.
    private boolean isFit(NtpPacket packet) {
        return Exchange.headerFitness(packet, instruments) == NtpReason.OK
                && instruments.orphans().mayFollow(packet, server.address(), local);
    }

    private Set<Candidate.Trait> traits() {
        Set<Candidate.Trait> traits = EnumSet.noneOf(Candidate.Trait.class);
        if (settings.prefer()) {
            traits.add(Candidate.Trait.PREFER);
        }
        if (settings.noSelect()) {
            traits.add(Candidate.Trait.NO_SELECT);
        }
        if (settings.trueChimer()) {
            traits.add(Candidate.Trait.TRUE_CHIMER);
        }
        return traits;
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

    private String name() {
        String address = server.address().toString();
        return settings.host().equals(address) ? address : settings.host() + " (" + address + ")";
    }

    @Override
    public AssociationView view(Moment now, Verdict verdict) {
        ViewDraft draft = new ViewDraft(id, AssociationView.Kind.UNICAST, server);
        journal.show(draft, maxDistance);
        draft.name = settings.host();
        draft.local = local;
        draft.configured = true;
        draft.keyId = settings.keyId();
        draft.hostPoll = hostPoll();
        draft.filter = estimator.filter(now.monotonicNanos());
        estimator.estimate(now.monotonicNanos()).ifPresent(draft::estimate);
        draft.verdict(verdict);
        draft.state = state(verdict);
        return draft.view();
    }

    private String state(Verdict verdict) {
        Optional<NtpReason> problem = journal.problem();
        if (journal.packet() == null) {
            return problem.map(reason -> reason == NtpReason.TIMED_OUT
                            ? unanswered()
                            : "no answer that could be used: " + reason.sentence())
                    .orElse("waiting for the first answer");
        }
        if (!journal.isReachable()) {
            return "unreachable: " + problem.orElse(NtpReason.TIMED_OUT).sentence();
        }
        if (problem.isPresent() && problem.get() != NtpReason.TIMED_OUT) {
            return "last packet refused: " + problem.get().sentence();
        }
        return verdict.sentence().isEmpty() ? "answers" : verdict.sentence();
    }

    /// A server that does not like our key is as silent as one that is not there.
    private String unanswered() {
        String key = settings.keyId() == 0 ? "" : ", does it have our key " + settings.keyId();
        return "no answer so far: does it serve time, does a firewall let UDP port " + server.port() + " through" + key
                + "?";
    }
}
