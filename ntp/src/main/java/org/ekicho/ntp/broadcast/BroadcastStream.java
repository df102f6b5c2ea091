package org.ekicho.ntp.broadcast;

import java.util.function.Consumer;
import org.ekicho.ntp.association.Instruments;
import org.ekicho.ntp.association.Interval;
import org.ekicho.ntp.association.PeerJournal;
import org.ekicho.ntp.association.ViewDraft;
import org.ekicho.ntp.auth.KeyRing;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.ntp.packet.NtpMode;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.ntp.packet.NtpShort;
import org.ekicho.ntp.packet.NtpTimestamp;
import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.ntp.server.ServerState;
import org.ekicho.ntp.settings.BroadcastSettings;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.Moment;

/// Mode 5 packets from one interface to one group or broadcast address.
///
/// A classic receiver drops a packet that comes earlier than 2^poll seconds after the last one, so the interval is
/// 2^poll and about a second more, never less (RFC 5905 §3 leaves it open; classic ntpd only ever adds).
final class BroadcastStream {
    private static final long LEAST_EXTRA = Interval.ofSeconds(0.5);
    private static final long MOST_EXTRA = Interval.ofSeconds(1.5);
    /// The first packet leaves about so long after we are synchronised.
    private static final long FIRST_AFTER = Interval.ofSeconds(0.2);

    private final int id;
    private final BroadcastSettings settings;
    private final StreamPath path;
    private final Instruments instruments;
    private final PeerJournal journal = new PeerJournal();
    private ServerState state;
    private final boolean keyMissing;
    /// Not before this may the next one leave, whatever happens.
    private long earliest;

    private long deadline = Interval.NEVER;
    private long lastSent;
    private boolean wasSent;

    /// @param earliest monotonic time before which it may not send: it was there before
    BroadcastStream(
            BroadcastSettings settings, StreamPath path, ServerState state, long earliest, Instruments instruments) {
        this.id = instruments.nextId();
        this.settings = settings;
        this.path = path;
        this.state = state;
        this.earliest = earliest;
        this.instruments = instruments;
        KeyRing keys = instruments.authenticator().keys();
        this.keyMissing = settings.keyId() != 0 && keys.find(settings.keyId()).isEmpty();
    }

    BroadcastSettings settings() {
        return settings;
    }

    StreamPath path() {
        return path;
    }

    long earliestNanos() {
        return earliest;
    }

    long deadlineNanos() {
        return deadline;
    }

    /// What the packets say from now on; while unsynchronised none leaves.
    void stateIs(ServerState newState, Moment now) {
        state = newState;
        if (!newState.isSynchronised() || keyMissing) {
            deadline = Interval.NEVER;
        } else if (deadline == Interval.NEVER) {
            long soon = now.monotonicNanos() + Interval.between(FIRST_AFTER, Interval.SECOND, instruments.dice());
            deadline = Math.max(soon, earliest);
        }
    }

    boolean isDue(Moment now) {
        return now.monotonicNanos() >= deadline;
    }

    /// Another stream used the interface just now: leave it alone for a while.
    void postpone(long until) {
        deadline = Math.max(deadline, until);
    }

    void send(Moment now, Consumer<TimeAction> out) {
        long whole = Interval.ofPoll(settings.poll());
        earliest = now.monotonicNanos() + whole + LEAST_EXTRA;
        deadline = now.monotonicNanos() + whole + Interval.between(LEAST_EXTRA, MOST_EXTRA, instruments.dice());
        lastSent = now.monotonicNanos();
        wasSent = true;
        journal.sent();
        out.accept(new Packet(state));
    }

    /// One packet of the stream, made when it leaves.
    private final class Packet implements TimeAction.Transmit {
        private final ServerState said;

        Packet(ServerState said) {
            this.said = said;
        }

        @Override
        public Endpoint to() {
            return new Endpoint(settings.address(), settings.port());
        }

        @Override
        public IpAddress from() {
            return path.source();
        }

        @Override
        public int interfaceIndex() {
            return path.interfaceIndex();
        }

        @Override
        public int ttl() {
            return settings.address().isMulticast() ? settings.ttl() : 0;
        }

        @Override
        public void seal(Datagram out, long clockNanos) {
            new NtpPacket(
                            said.leap(),
                            settings.version(),
                            NtpMode.BROADCAST,
                            said.stratum(),
                            settings.poll(),
                            said.precision(),
                            NtpShort.ofSeconds(said.rootDelay()),
                            NtpShort.ofSeconds(said.rootDispersionAt(clockNanos)),
                            said.referenceId(),
                            NtpTimestamp.ofNanos(said.referenceNanos()),
                            0,
                            0,
                            NtpTimestamp.ofNanos(clockNanos))
                    .encode(out.bytes);
            out.length = NtpPacket.HEADER;
            if (settings.keyId() != 0) {
                out.length = instruments.authenticator().seal(out.bytes, out.length, settings.keyId());
            }
        }
    }

    AssociationView view(Moment now) {
        ViewDraft draft = new ViewDraft(
                id, AssociationView.Kind.BROADCAST_STREAM, new Endpoint(settings.address(), settings.port()));
        journal.show(draft, Double.MAX_VALUE);
        draft.flash = 0;
        draft.local = path.source();
        draft.interfaceName = path.interfaceName();
        draft.configured = true;
        draft.hostMode = NtpMode.BROADCAST;
        draft.referenceId = ReferenceId.ofText(settings.address().isMulticast() ? "MCST" : "BCST");
        draft.hostPoll = settings.poll();
        draft.peerPoll = settings.poll();
        draft.keyId = settings.keyId();
        draft.authentic = settings.keyId() != 0;
        draft.ttl = settings.ttl();
        draft.state = state(now);
        return draft.view();
    }

    private String state(Moment now) {
        if (keyMissing) {
            return "sends nothing: key " + Integer.toUnsignedString(settings.keyId()) + " is not in the key file";
        }
        if (!state.isSynchronised()) {
            return "sends nothing until this clock is synchronised";
        }
        String by = path.interfaceIndex() == 0 ? "" : " by " + path.interfaceName() + " from " + path.source();
        String key = settings.keyId() == 0 ? "without a key" : "with key " + Integer.toUnsignedString(settings.keyId());
        String last =
                wasSent ? ", last " + Math.round(Interval.toSeconds(now.monotonicNanos() - lastSent)) + " s ago" : "";
        return "sends every " + (1L << settings.poll()) + " s" + by + " " + key + last;
    }
}
