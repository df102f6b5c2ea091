package org.ekicho.ntp.association;

import java.util.Optional;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.ntp.packet.NtpTimestamp;
import org.jspecify.annotations.Nullable;

/// What happened to one association: packets, reachability, refusals, events.
public final class PeerJournal {
    private static final int REACH_BITS = 0xff;
    /// Four bits in the status word.
    private static final int MAX_EVENTS = 15;

    private final RefusalCounts refusals = new RefusalCounts();
    private int reach;
    private int unreach;
    private long sent;
    private long received;
    private boolean authentic;
    private int lastEvent;
    private int eventCount;
    private @Nullable NtpPacket packet;
    private long lastReceived;
    /// Why the source's last interval brought nothing; null when it did.
    private @Nullable NtpReason problem;
    /// Why the last packet in its name was refused, unless a good one came since.
    private @Nullable NtpReason refusal;

    public PeerJournal() {
        event(PeerEvent.MOBILIZE);
    }

    public void event(PeerEvent event) {
        lastEvent = event.code();
        eventCount = Math.min(eventCount + 1, MAX_EVENTS);
    }

    public void sent() {
        sent++;
    }

    /// A packet that its sender was allowed to send: genuine as far as can be told, whatever it says.
    public void received(Arrival arrival) {
        received++;
        packet = arrival.packet();
        authentic = arrival.mac() == NtpReason.OK;
        lastReceived = NtpTimestamp.ofNanos(arrival.clockNanos());
    }

    /// A packet was refused that anybody could have sent: nothing but the count changes.
    public void refuse(NtpReason reason) {
        refusals.count(reason);
        refusal = reason;
    }

    /// Nothing came in an interval; no packet was refused, so nothing is counted.
    public void timedOut() {
        problem = NtpReason.TIMED_OUT;
    }

    /// The source itself let us down by an answer without a usable time.
    public void problem(NtpReason reason) {
        refusals.count(reason);
        problem = reason;
    }

    /// An interval begins: the register moves on (RFC 5905 §13).
    ///
    /// @return true when the source just became unreachable by it
    public boolean intervalBegins() {
        boolean was = reach != 0;
        reach = reach << 1 & REACH_BITS;
        unreach = Math.min(unreach + 1, 0xffff);
        if (was && reach == 0) {
            event(PeerEvent.UNREACHABLE);
            return true;
        }
        return false;
    }

    /// A usable packet came in this interval.
    ///
    /// @return true when the source was unreachable until now
    public boolean reached() {
        boolean was = reach != 0;
        reach |= 1;
        unreach = 0;
        problem = null;
        refusal = null;
        if (!was) {
            event(PeerEvent.REACHABLE);
        }
        return !was;
    }

    public boolean isReachable() {
        return reach != 0;
    }

    public int reach() {
        return reach;
    }

    /// Intervals without a usable packet since the last one.
    public int unreach() {
        return unreach;
    }

    public boolean isAuthentic() {
        return authentic;
    }

    /// The last genuine packet.
    public @Nullable NtpPacket packet() {
        return packet;
    }

    public RefusalCounts refusals() {
        return refusals;
    }

    /// What is wrong with the source now. While it is unreachable, packets in its name that are refused say more than
    /// that no answer came.
    public Optional<NtpReason> problem() {
        return Optional.ofNullable(reach == 0 && refusal != null ? refusal : problem);
    }

    /// Writes all of it into a view.
    ///
    /// @param maxDistance error bound in seconds from which a source is not believed, for the flash word
    public void show(ViewDraft draft, double maxDistance) {
        draft.reach = reach;
        draft.unreach = unreach;
        draft.sent = sent;
        draft.received = received;
        draft.authentic = authentic;
        draft.lastEvent = lastEvent;
        draft.eventCount = eventCount;
        draft.lastRefusal = refusals.last();
        draft.refusals = refusals.list();
        draft.lastReceived = lastReceived;
        draft.flash = PeerFlash.of(reach != 0, packet, problem().orElse(null), maxDistance);
        NtpPacket last = packet;
        if (last != null) {
            draft.header(last);
        }
    }
}
