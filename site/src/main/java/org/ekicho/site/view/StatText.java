package org.ekicho.site.view;

import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.ntp.server.ServerState;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.ntp.view.TimeView;

/// What `ntpstat` says.
///
/// ```
/// synchronised to NTP server (192.168.55.1) at stratum 12
///    time correct to within 32 ms
///    polling server every 16 s
/// ```
///
/// While unsynchronised the second line says why.
///
/// @param synchronised whether there is a source, or was one lately enough
/// @param source       what is followed, in ntpstat's words; empty when unsynchronised
/// @param stratum      our own
/// @param withinMillis error bound, rounded up: a bound is never understated
/// @param pollSeconds  interval of the source, or of the service without one
/// @param reason       why it is not synchronised; empty when it is
public record StatText(
        boolean synchronised, String source, int stratum, long withinMillis, long pollSeconds, String reason) {
    private static final String UNSYNCHRONISED = "unsynchronised";
    private static final int INDENT = 3;

    /// @param nowNanos clock time, to which the error bound has grown
    public static StatText of(TimeView view, long nowNanos) {
        ServerState state = view.state();
        double bound = state.rootDelay() / 2 + state.rootDispersionAt(nowNanos);
        return new StatText(
                state.isSynchronised(),
                state.isSynchronised() ? source(view) : "",
                state.stratum(),
                (long) Math.ceil(bound * 1e3),
                pollSeconds(view),
                state.isSynchronised() ? "" : reason(view.sentence()));
    }

    private static String source(TimeView view) {
        return view.find(view.systemPeer())
                .map(peer -> switch (peer.kind()) {
                    case LOCAL_CLOCK -> "local net";
                    case HOST_CLOCK -> "host clock (" + peer.name() + ")";
                    case UNICAST, BROADCAST_RECEIVER, BROADCAST_STREAM -> "NTP server (" + reference(view) + ")";
                })
                .orElse("its own clock, holding over,");
    }

    private static String reference(TimeView view) {
        ServerState state = view.state();
        return ReferenceId.format(state.referenceId(), state.stratum());
    }

    private static long pollSeconds(TimeView view) {
        int poll = view.find(view.systemPeer()).map(AssociationView::hostPoll).orElse(view.systemPoll());
        return 1L << Math.clamp(poll, 0, 17);
    }

    private static String reason(String sentence) {
        return sentence.startsWith(UNSYNCHRONISED + ": ") ? sentence.substring(UNSYNCHRONISED.length() + 2) : sentence;
    }

    /// The lines that ntpstat prints.
    public String text() {
        String polling = "   polling server every " + pollSeconds + " s\n";
        if (!synchronised) {
            return UNSYNCHRONISED + "\n" + (reason.isBlank() ? "" : Sentences.wrapped(reason, INDENT)) + polling;
        }
        return "synchronised to " + source + " at stratum " + stratum + "\n" + "   time correct to within "
                + withinMillis + " ms\n" + polling;
    }

    /// ntpstat's exit code: 0 synchronised, 1 not. (2, cannot tell, is for whoever found nobody to ask.)
    public int exitCode() {
        return synchronised ? 0 : 1;
    }
}
