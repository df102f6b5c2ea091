package org.ekicho.site.view;

import java.util.Optional;
import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.ntp.server.ServerState;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.ntp.view.TimeView;

/// The three lines of `ntpstat`, and its exit code.
///
/// ```
/// synchronised to NTP server (192.168.55.1) at stratum 12
///    time correct to within 32 ms
///    polling server every 16 s
/// ```
///
/// While unsynchronised the second line says why.
///
/// @param text     three lines, or one when nobody answers
/// @param exitCode 0 synchronised, 1 not, 2 cannot tell
public record StatText(String text, int exitCode) {
    private static final String UNSYNCHRONISED = "unsynchronised";
    private static final int INDENT = 3;

    /// No service answers.
    public static final StatText UNREACHABLE =
            new StatText("Unable to talk to the time service of Ekicho. Is it running?\n", 2);

    /// @param nowNanos clock time, to which the error bound has grown
    public static StatText of(TimeView view, long nowNanos) {
        return view.state().isSynchronised()
                ? new StatText(first(view) + within(view, nowNanos) + polling(view), 0)
                : new StatText(UNSYNCHRONISED + "\n" + why(view) + polling(view), 1);
    }

    private static String first(TimeView view) {
        return "synchronised to " + source(view) + " at stratum " + view.state().stratum() + "\n";
    }

    private static String source(TimeView view) {
        Optional<AssociationView> peer = view.find(view.systemPeer());
        return peer.map(one -> switch (one.kind()) {
                    case LOCAL_CLOCK -> "local net";
                    case HOST_CLOCK -> "host clock (" + one.name() + ")";
                    case UNICAST, BROADCAST_RECEIVER, BROADCAST_STREAM -> "NTP server (" + reference(view) + ")";
                })
                .orElse("its own clock, holding over,");
    }

    private static String reference(TimeView view) {
        ServerState state = view.state();
        return ReferenceId.format(state.referenceId(), state.stratum());
    }

    /// Rounded up: a bound is never understated.
    private static String within(TimeView view, long nowNanos) {
        ServerState state = view.state();
        double bound = state.rootDelay() / 2 + state.rootDispersionAt(nowNanos);
        return "   time correct to within " + (long) Math.ceil(bound * 1e3) + " ms\n";
    }

    private static String polling(TimeView view) {
        int poll = view.find(view.systemPeer()).map(AssociationView::hostPoll).orElse(view.systemPoll());
        return "   polling server every " + Math.round(Math.scalb(1.0, Math.clamp(poll, 0, 17))) + " s\n";
    }

    private static String why(TimeView view) {
        String sentence = view.sentence();
        String reason =
                sentence.startsWith(UNSYNCHRONISED + ": ") ? sentence.substring(UNSYNCHRONISED.length() + 2) : sentence;
        return reason.isBlank() ? "" : Sentences.wrapped(reason, INDENT);
    }
}
