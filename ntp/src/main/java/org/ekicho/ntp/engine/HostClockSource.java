package org.ekicho.ntp.engine;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.ekicho.ntp.association.Instruments;
import org.ekicho.ntp.association.Interval;
import org.ekicho.ntp.association.PeerEvent;
import org.ekicho.ntp.association.Reading;
import org.ekicho.ntp.association.TimeSource;
import org.ekicho.ntp.association.ViewDraft;
import org.ekicho.ntp.boundary.HostClock;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.ntp.estimate.ClockChange;
import org.ekicho.ntp.estimate.Estimate;
import org.ekicho.ntp.packet.LeapIndicator;
import org.ekicho.ntp.packet.NtpMode;
import org.ekicho.ntp.packet.NtpTimestamp;
import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.ntp.selection.Candidate;
import org.ekicho.ntp.selection.Verdict;
import org.ekicho.ntp.server.ServerState;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.Moment;

/// The host clock as another program keeps it (chronyd, ntpd, timesyncd, a hypervisor). It is the same clock that we
/// serve, so we say of it what its daemon says: the daemon's stratum and reference, not one more. Its error bound is
/// the kernel's `maxerror` or the daemon's own, whichever is worse.
final class HostClockSource implements TimeSource {
    /// An address that no machine has, in the style of classic reference clocks.
    private static final IpAddress ADDRESS = IpAddress.literal("127.127.0.1");

    private static final int NTP_PORT = 123;
    /// What is served when the kernel is synchronised, but nobody says how far from a primary clock: behind all
    /// servers that know.
    private static final int UNKNOWN_STRATUM = 10;

    private static final int UNKNOWN_REFERENCE = 0x7f000001;
    private static final int POLL = 4;
    /// What the kernel said is believed this long; the shell asks about every 16 s.
    private static final long FRESH = Interval.ofSeconds(120);

    private final int id;
    private final Instruments instruments;
    private HostClock clock = HostClock.UNKNOWN;
    private long toldMonotonic;
    private long toldClock;
    private int reach;
    private int polls;
    private int lastEvent = PeerEvent.MOBILIZE.code();
    private int events = 1;

    HostClockSource(Instruments instruments) {
        this.id = instruments.nextId();
        this.instruments = instruments;
    }

    @Override
    public int id() {
        return id;
    }

    HostClock clock() {
        return clock;
    }

    void is(HostClock told, Moment now) {
        if (told.synchronised() != clock.synchronised()) {
            lastEvent = (told.synchronised() ? PeerEvent.REACHABLE : PeerEvent.UNREACHABLE).code();
            events = Math.min(events + 1, 15);
        }
        clock = told;
        toldMonotonic = now.monotonicNanos();
        toldClock = now.clockNanos();
        reach = (reach << 1 | (told.synchronised() ? 1 : 0)) & 0xff;
        polls++;
    }

    @Override
    public void advance(Moment now, Consumer<TimeAction> out) {
        // The shell brings the news; no timer runs here.
    }

    @Override
    public long deadlineNanos() {
        return Interval.NEVER;
    }

    @Override
    public Optional<Reading> reading(Moment now) {
        long age = now.monotonicNanos() - toldMonotonic;
        if (!clock.synchronised() || age > FRESH) {
            return Optional.empty();
        }
        double bound = Math.max(clock.maxErrorSeconds() - clock.rootDelay() / 2, clock.rootDispersion());
        return Optional.of(new Reading(
                id,
                Estimate.ofOwnClock(now.monotonicNanos(), instruments.precisionSeconds()),
                LeapIndicator.ofCode(clock.leap()),
                stratum(),
                clock.rootDelay(),
                Math.max(bound, 0) + ServerState.PHI * Interval.toSeconds(age),
                reference(),
                Set.of(Candidate.Trait.PREFER),
                POLL,
                Reading.Origin.HOST_CLOCK,
                name()));
    }

    private boolean isKnown() {
        return clock.stratum() >= 1 && clock.stratum() <= 15;
    }

    private int stratum() {
        return isKnown() ? clock.stratum() : UNKNOWN_STRATUM;
    }

    private int reference() {
        return isKnown() && clock.referenceId() != 0 ? clock.referenceId() : UNKNOWN_REFERENCE;
    }

    private String name() {
        return clock.daemon().map(daemon -> "the host clock, kept by " + daemon).orElse("the host clock");
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
        ViewDraft draft = new ViewDraft(id, AssociationView.Kind.HOST_CLOCK, new Endpoint(ADDRESS, NTP_PORT));
        draft.name = clock.daemon().orElse("host clock");
        draft.local = IpAddress.LOOPBACK_V4;
        draft.configured = true;
        draft.reach = reach;
        draft.hostMode = NtpMode.CLIENT;
        draft.peerMode = NtpMode.SERVER;
        draft.leap = clock.synchronised() ? LeapIndicator.ofCode(clock.leap()) : LeapIndicator.UNSYNCHRONISED;
        draft.stratum = clock.synchronised() ? stratum() : 16;
        draft.precision = instruments.precision();
        draft.rootDelay = clock.rootDelay();
        draft.rootDispersion = clock.rootDispersion();
        draft.referenceId = isKnown() ? reference() : ReferenceId.ofText("HOST");
        draft.reference = polls == 0 ? 0 : NtpTimestamp.ofNanos(toldClock);
        draft.lastReceived = draft.reference;
        draft.hostPoll = POLL;
        draft.peerPoll = POLL;
        draft.sent = polls;
        draft.received = polls;
        draft.dispersionSeconds = clock.maxErrorSeconds();
        draft.jitterSeconds = clock.estimatedErrorSeconds();
        draft.filter = List.of(new AssociationView.FilterSample(0, 0, clock.maxErrorSeconds()));
        draft.lastEvent = lastEvent;
        draft.eventCount = events;
        draft.verdict(verdict);
        draft.state = state();
        return draft.view();
    }

    private String state() {
        if (polls == 0) {
            return "not asked yet";
        }
        String keeper = clock.daemon().map(daemon -> ", kept by " + daemon).orElse("");
        return clock.synchronised()
                ? "the kernel says synchronised, within " + TimeSpanText.ofOffset(clock.maxErrorSeconds()) + keeper
                : "the kernel says unsynchronised" + keeper;
    }
}
