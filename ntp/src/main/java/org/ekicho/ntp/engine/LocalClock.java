package org.ekicho.ntp.engine;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.ekicho.ntp.association.Instruments;
import org.ekicho.ntp.association.Interval;
import org.ekicho.ntp.association.OrphanRule;
import org.ekicho.ntp.association.PeerEvent;
import org.ekicho.ntp.association.Reading;
import org.ekicho.ntp.association.TimeSource;
import org.ekicho.ntp.association.ViewDraft;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.ntp.estimate.ClockChange;
import org.ekicho.ntp.estimate.Estimate;
import org.ekicho.ntp.packet.LeapIndicator;
import org.ekicho.ntp.packet.NtpMode;
import org.ekicho.ntp.packet.NtpTimestamp;
import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.ntp.selection.Candidate;
import org.ekicho.ntp.selection.Verdict;
import org.ekicho.ntp.settings.LocalClockSettings;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.ntp.view.SelectionStatus;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.Moment;

/// `127.127.1.0`: this very clock, taken for the time of a site that has nothing better. With `prefer` it is believed
/// at once, else when no other source was there for `tos orphanwait`. With `tos orphan` and no such line, the same
/// clock serves at the orphans' stratum.
final class LocalClock implements TimeSource {
    static final IpAddress ADDRESS = IpAddress.literal("127.127.1.0");
    /// It "answers" at the classic interval of a reference clock.
    private static final int POLL = 6;
    private static final int NTP_PORT = 123;

    private final int id;
    private final LocalClockSettings settings;
    private final Instruments instruments;
    private final long waitNanos;
    /// Since when no other source is there.
    private long alone;

    private boolean standsBy;
    private boolean waitEndSeen;
    private long nextPoll;
    private long lastPollClock;
    private int reach;
    private int polls;
    private int lastEvent = PeerEvent.REACHABLE.code();
    private int events = 1;

    /// What the settings ask for: the local clock, else an orphan's, else none.
    static Optional<LocalClock> of(TimeSettings settings, Instruments instruments, Moment now) {
        int orphan = settings.selection().orphan();
        long wait = settings.selection().orphanWait().toNanos();
        return settings.localClock()
                .or(() -> orphan < 16
                        ? Optional.of(new LocalClockSettings(orphan - 1, false, OrphanRule.REFERENCE))
                        : Optional.empty())
                .map(clock -> new LocalClock(clock, wait, instruments, now));
    }

    private LocalClock(LocalClockSettings settings, long waitNanos, Instruments instruments, Moment now) {
        this.id = instruments.nextId();
        this.settings = settings;
        this.waitNanos = waitNanos;
        this.instruments = instruments;
        this.alone = now.monotonicNanos();
        this.nextPoll = now.monotonicNanos();
    }

    @Override
    public int id() {
        return id;
    }

    /// Another source is followed: the wait starts anew when it is lost.
    void standBy(Moment now) {
        standsBy = true;
        alone = now.monotonicNanos();
        waitEndSeen = false;
    }

    /// No other source is followed.
    void isAlone() {
        standsBy = false;
    }

    /// Seconds until it is believed; 0: it is.
    long secondsLeft(Moment now) {
        if (settings.prefer()) {
            return 0;
        }
        long left = alone + waitNanos - now.monotonicNanos();
        return left <= 0 ? 0 : (left + Interval.SECOND - 1) / Interval.SECOND;
    }

    @Override
    public void advance(Moment now, Consumer<TimeAction> out) {
        if (now.monotonicNanos() >= nextPoll) {
            reach = (reach << 1 | 1) & 0xff;
            polls++;
            lastPollClock = now.clockNanos();
            nextPoll = now.monotonicNanos() + Interval.ofPoll(POLL);
        }
    }

    @Override
    public long deadlineNanos() {
        return nextPoll;
    }

    /// When the wait ends or ended; [Interval#NEVER] without one, or once its end was seen by a choice.
    long nextWaitEndNanos() {
        return settings.prefer() || waitEndSeen ? Interval.NEVER : alone + waitNanos;
    }

    @Override
    public Optional<Reading> reading(Moment now) {
        if (secondsLeft(now) > 0) {
            return Optional.empty();
        }
        waitEndSeen = true;
        return Optional.of(new Reading(
                id,
                Estimate.ofOwnClock(now.monotonicNanos(), instruments.precisionSeconds()),
                LeapIndicator.NONE,
                settings.stratum() + 1,
                0,
                0,
                settings.referenceId(),
                Set.of(settings.prefer() ? Candidate.Trait.PREFER : Candidate.Trait.LAST_RESORT),
                POLL,
                Reading.Origin.LOCAL_CLOCK,
                "the local clock (" + ADDRESS + ")"));
    }

    @Override
    public void clockChanged(ClockChange change) {
        // It is this clock: whatever happens to it, it never differs from itself.
    }

    @Override
    public void becameSystemPeer() {
        lastEvent = PeerEvent.SYS_PEER.code();
        events = Math.min(events + 1, 15);
    }

    @Override
    public AssociationView view(Moment now, Verdict verdict) {
        ViewDraft draft = new ViewDraft(id, AssociationView.Kind.LOCAL_CLOCK, new Endpoint(ADDRESS, NTP_PORT));
        draft.local = IpAddress.LOOPBACK_V4;
        draft.configured = true;
        draft.reach = reach;
        draft.hostMode = NtpMode.CLIENT;
        draft.peerMode = NtpMode.SERVER;
        draft.leap = LeapIndicator.NONE;
        draft.stratum = settings.stratum();
        draft.precision = instruments.precision();
        draft.referenceId = ReferenceId.ofText("LOCL");
        draft.reference = lastPollClock == 0 ? 0 : NtpTimestamp.ofNanos(lastPollClock);
        draft.lastReceived = draft.reference;
        draft.hostPoll = POLL;
        draft.peerPoll = POLL;
        draft.sent = polls;
        draft.received = polls;
        draft.dispersionSeconds = 0;
        draft.filter = List.of(new AssociationView.FilterSample(0, 0, 0));
        draft.lastEvent = lastEvent;
        draft.eventCount = events;
        draft.verdict(verdict);
        draft.state = state(now, verdict);
        return draft.view();
    }

    private String state(Moment now, Verdict verdict) {
        if (standsBy) {
            return "stands by: a better source is followed";
        }
        long left = secondsLeft(now);
        if (left > 0) {
            return "believed in " + TimeSpanText.of(left) + ", if no other source is found until then";
        }
        return verdict.status() == SelectionStatus.SYS_PEER
                ? "this clock is the time of the site"
                : "believed, but not chosen";
    }
}
