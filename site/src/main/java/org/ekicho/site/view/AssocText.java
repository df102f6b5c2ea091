package org.ekicho.site.view;

import static org.ekicho.site.view.Columns.right;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.control.StatusWord;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.ntp.view.AssociationView.Kind;
import org.ekicho.ntp.view.ReasonCount;
import org.ekicho.ntp.view.StrayView;
import org.ekicho.ntp.view.TimeView;

/// The table of `ntpq -c associations`, and below each row what it is and why it is in that state; after the table,
/// who else sends time to us and why it is refused.
///
/// ```
/// ind assid status  conf reach auth condition  last_event cnt
/// ===========================================================
///   1 12975  761a    no   yes   ok   sys.peer    sys_peer  1
///      192.168.55.1, broadcast or multicast on eth0, key 10
///        following; delay measured 34 s ago
/// ```
public final class AssocText {
    private static final String HEADER =
            "ind assid status  conf reach auth condition  last_event cnt\n" + "=".repeat(59) + "\n";
    private static final int INDENT = 5;
    /// Classic names of the event codes 0 to 15.
    private static final List<String> EVENTS = List.of(
            "",
            "mobilize",
            "demobilize",
            "unreachable",
            "reachable",
            "restart",
            "no_reply",
            "rate_exceed",
            "access_deny",
            "leap_armed",
            "sys_peer",
            "clock_event",
            "bad_auth",
            "popcorn",
            "interleave",
            "inter_error");

    private AssocText() {}

    /// @param nowNanos clock time, for how long ago something was
    public static String format(TimeView view, long nowNanos) {
        StringBuilder text = new StringBuilder();
        if (view.associations().isEmpty()) {
            text.append("No associations.\n");
        } else {
            text.append(HEADER);
        }
        int index = 1;
        for (AssociationView peer : view.associations()) {
            text.append(row(index++, peer)).append(explanation(peer));
        }
        return text.append(strays(view, nowNanos)).toString();
    }

    private static String row(int index, AssociationView peer) {
        return right(Integer.toString(index), 3)
                + right(Integer.toString(peer.id()), 6)
                + String.format(Locale.ROOT, "  %04x", StatusWord.ofPeer(peer))
                + right(peer.configured() ? "yes" : "no", 6)
                + right(reach(peer), 6)
                + right(auth(peer), 6)
                + right(peer.selection().condition(), 10)
                + right(EVENTS.get(peer.lastEvent() & 15), 12)
                + right(Integer.toString(peer.eventCount()), 3)
                + "\n";
    }

    private static String reach(AssociationView peer) {
        return peer.kind() == Kind.BROADCAST_STREAM ? "none" : peer.reach() != 0 ? "yes" : "no";
    }

    private static String auth(AssociationView peer) {
        if (peer.kind() == Kind.BROADCAST_STREAM) {
            return peer.authEnabled() ? "yes" : "none";
        }
        return !peer.authEnabled() ? "none" : peer.authentic() ? "ok " : "bad";
    }

    private static String explanation(AssociationView peer) {
        StringBuilder text = new StringBuilder(Sentences.wrapped(who(peer), INDENT));
        for (String sentence : List.of(peer.state(), peer.selectionReason(), refusals(peer))) {
            if (!sentence.isBlank()) {
                text.append(Sentences.wrapped(sentence, INDENT + 2));
            }
        }
        return text.toString();
    }

    private static String who(AssociationView peer) {
        String name = PeersText.remote(peer);
        String address = peer.remote().address().toString();
        String what = switch (peer.kind()) {
            case UNICAST -> "unicast";
            case BROADCAST_RECEIVER -> "broadcast or multicast";
            case BROADCAST_STREAM -> "our own stream";
            case LOCAL_CLOCK -> "this clock, not steered";
            case HOST_CLOCK -> "the host clock";
        };
        return (name.equals(address) || PeersText.isClock(peer) ? name : name + " (" + address + ")")
                + ", " + what
                + (peer.interfaceName().isEmpty() ? "" : " on " + peer.interfaceName())
                + (peer.keyId() == 0 ? "" : ", key " + peer.keyId());
    }

    /// Why packets of it were refused, the last reason in words and the others counted.
    private static String refusals(AssociationView peer) {
        if (peer.lastRefusal().isEmpty()) {
            return "";
        }
        NtpReason last = peer.lastRefusal().get();
        String others = peer.refusals().stream()
                .filter(one -> one.reason() != last)
                .map(one -> one.count() + " " + one.reason().label())
                .collect(Collectors.joining(", "));
        long count = peer.refusals().stream()
                .filter(one -> one.reason() == last)
                .mapToLong(ReasonCount::count)
                .sum();
        return "refused " + times(count) + ": " + last.sentence() + (others.isEmpty() ? "" : " (also " + others + ")");
    }

    private static String times(long count) {
        return count <= 1 ? "1 packet" : count + " packets";
    }

    private static String strays(TimeView view, long nowNanos) {
        if (view.lastStrays().isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\nRefused, without an association:\n");
        for (StrayView stray : view.lastStrays()) {
            text.append(Sentences.wrapped(head(stray, nowNanos), INDENT))
                    .append(Sentences.wrapped(stray.reason().sentence(), INDENT + 2));
        }
        return text.toString();
    }

    private static String head(StrayView stray, long nowNanos) {
        return stray.sender().address() + " to " + stray.to()
                + (stray.keyId() == 0 ? "" : ", key " + stray.keyId())
                + ", " + times(stray.count()) + ", last " + ago(stray.lastNanos(), nowNanos) + ":";
    }

    private static String ago(long thenNanos, long nowNanos) {
        String since = Columns.since(thenNanos, nowNanos);
        char last = since.charAt(since.length() - 1);
        return since.equals("-") ? "now" : since + (Character.isDigit(last) ? " s ago" : " ago");
    }
}
