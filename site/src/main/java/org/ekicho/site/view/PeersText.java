package org.ekicho.site.view;

import static org.ekicho.site.view.Columns.left;
import static org.ekicho.site.view.Columns.right;

import org.ekicho.ntp.packet.NtpMode;
import org.ekicho.ntp.packet.NtpTimestamp;
import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.ntp.view.AssociationView.Kind;
import org.ekicho.ntp.view.TimeView;
import org.ekicho.wire.IpAddress;

/// The table of `ntpq -p`, column by column; a name or address that is too long for its column stands on a line of its
/// own instead of being cut, because the end of an IPv6 address is what tells machines apart.
///
/// ```
///      remote           refid      st t when poll reach   delay   offset  jitter
/// ==============================================================================
/// *192.168.55.1    LOCAL(0)        11 b    9   16   77    0.412   +0.022   0.008
/// ```
public final class PeersText {
    private static final String HEADER =
            "     remote           refid      st t when poll reach   delay   offset  jitter\n" + "=".repeat(78) + "\n";
    private static final int NAME = 15;

    private PeersText() {}

    /// All associations, also those that ntpq's `peers` would hide.
    ///
    /// @param nowNanos clock time for the `when` column
    public static String format(TimeView view, long nowNanos) {
        if (view.associations().isEmpty()) {
            return none(view);
        }
        StringBuilder text = new StringBuilder(HEADER);
        for (AssociationView peer : view.associations()) {
            appendRow(text, peer, nowNanos);
        }
        return text.toString();
    }

    private static String none(TimeView view) {
        return view.lastStrays().isEmpty()
                ? "No associations: no source, no stream and no local clock is configured or heard.\n"
                : "No associations: what was heard was refused. \"ekicho time assoc\" says why.\n";
    }

    private static void appendRow(StringBuilder text, AssociationView peer, long nowNanos) {
        String name = remote(peer);
        text.append(peer.selection().tally());
        if (name.length() > NAME) {
            text.append(name).append('\n').append(" ".repeat(NAME + 2));
        } else {
            text.append(left(name, NAME)).append(' ');
        }
        text.append(left(referenceId(peer), NAME))
                .append(right(Integer.toString(peer.stratum()), 3))
                .append(' ')
                .append(type(peer))
                .append(right(when(peer, nowNanos), 5))
                .append(right(Columns.poll(poll(peer)), 5))
                .append(right(Integer.toOctalString(peer.reach() & 0xff), 5))
                .append(right(Columns.millis(peer.delaySeconds(), 7), 9))
                .append(right(Columns.signedMillis(peer.offsetSeconds(), 8), 9))
                .append(right(Columns.millis(peer.jitterSeconds(), 7), 8))
                .append('\n');
    }

    static String remote(AssociationView peer) {
        return switch (peer.kind()) {
            case LOCAL_CLOCK -> "LOCAL(0)";
            case HOST_CLOCK -> "HOST(0)";
            case UNICAST, BROADCAST_RECEIVER, BROADCAST_STREAM ->
                peer.name().isEmpty() ? peer.remote().address().toString() : peer.name();
        };
    }

    static boolean isClock(AssociationView peer) {
        return peer.kind() == Kind.LOCAL_CLOCK || peer.kind() == Kind.HOST_CLOCK;
    }

    private static String referenceId(AssociationView peer) {
        if (peer.referenceId() == ReferenceId.LOCAL_CLOCK && peer.stratum() > 1) {
            return "LOCAL(0)";
        }
        return switch (peer.kind()) {
            case LOCAL_CLOCK -> ReferenceId.format(peer.referenceId(), 0);
            case HOST_CLOCK, UNICAST, BROADCAST_RECEIVER, BROADCAST_STREAM ->
                ReferenceId.format(peer.referenceId(), peer.stratum());
        };
    }

    /// `u` unicast (also while the delay to a broadcast sender is measured), `b` broadcast or multicast receiver,
    /// `B` and `M` broadcast and multicast streams, `l` a clock of this machine, `s` and `S` symmetric active and
    /// passive.
    private static char type(AssociationView peer) {
        IpAddress address = peer.remote().address();
        return switch (peer.kind()) {
            case LOCAL_CLOCK, HOST_CLOCK -> 'l';
            case BROADCAST_RECEIVER -> peer.volley() ? 'u' : 'b';
            case BROADCAST_STREAM -> address.isMulticast() ? 'M' : 'B';
            case UNICAST -> unicastType(peer);
        };
    }

    private static char unicastType(AssociationView peer) {
        return switch (peer.hostMode()) {
            case SYMMETRIC_ACTIVE -> 's';
            case SYMMETRIC_PASSIVE -> 'S';
            case RESERVED, CLIENT, SERVER, BROADCAST, CONTROL, PRIVATE -> 'u';
        };
    }

    private static String when(AssociationView peer, long nowNanos) {
        long received = peer.lastReceived();
        return received == 0 ? "-" : Columns.since(NtpTimestamp.toNanos(received, nowNanos), nowNanos);
    }

    private static int poll(AssociationView peer) {
        return peer.peerMode() == NtpMode.RESERVED ? peer.hostPoll() : Math.min(peer.hostPoll(), peer.peerPoll());
    }
}
