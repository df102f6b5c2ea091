package org.ekicho.ntp.control;

import org.ekicho.ntp.packet.LeapIndicator;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.ntp.view.AssociationView.Kind;
import org.ekicho.ntp.view.TimeView;

/// The 16-bit status words (RFC 9327 §3.1, §3.2).
///
/// ```
/// system: leap 2 | source 6           | events 4 | last event 4
/// peer:   c a k r b | selection 3     | events 4 | last event 4
/// ```
///
/// c configured, a key set, k last packet authentic, r reachable, b a stream that is only sent.
public final class StatusWord {
    private static final int SOURCE_UNKNOWN = 0;
    private static final int SOURCE_LOCAL = 5;
    private static final int SOURCE_NTP = 6;

    private StatusWord() {}

    public static int ofSystem(TimeView view) {
        return view.state().leap().code() << 14 | source(view) << 8 | events(view.eventCount(), view.lastEvent());
    }

    public static int ofPeer(AssociationView peer) {
        int flags = (peer.configured() ? 0x80 : 0)
                | (peer.authEnabled() ? 0x40 : 0)
                | (peer.authentic() ? 0x20 : 0)
                | (peer.reach() != 0 ? 0x10 : 0)
                | (peer.kind() == Kind.BROADCAST_STREAM ? 0x08 : 0);
        return (flags | peer.selection().ordinal()) << 8 | events(peer.eventCount(), peer.lastEvent());
    }

    /// Where the time comes from, as ntpstat words it: local net or NTP server.
    private static int source(TimeView view) {
        if (view.state().leap() == LeapIndicator.UNSYNCHRONISED) {
            return SOURCE_UNKNOWN;
        }
        return view.find(view.systemPeer())
                .map(peer -> switch (peer.kind()) {
                    case LOCAL_CLOCK -> SOURCE_LOCAL;
                    case UNICAST, BROADCAST_RECEIVER, HOST_CLOCK -> SOURCE_NTP;
                    case BROADCAST_STREAM -> SOURCE_UNKNOWN;
                })
                .orElse(SOURCE_UNKNOWN);
    }

    private static int events(int count, int last) {
        return Math.clamp(count, 0, 15) << 4 | (last & 15);
    }
}
