package org.ekicho.ntp.control;

import static org.ekicho.ntp.control.ValueFormat.fineMillis;
import static org.ekicho.ntp.control.ValueFormat.hex;
import static org.ekicho.ntp.control.ValueFormat.millis;
import static org.ekicho.ntp.control.ValueFormat.quoted;
import static org.ekicho.ntp.control.ValueFormat.timestamp;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.ekicho.ntp.control.VariableTable.Shown;
import org.ekicho.ntp.packet.NtpMode;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.ntp.view.AssociationView.FilterSample;
import org.ekicho.ntp.view.AssociationView.Kind;

/// What can be asked of one association, in the order in which all of it is told.
///
/// The stamps of a request that is still out (`org`, `xmt`) are told as zero: who knows them can forge its answer
/// (CVE-2015-8139).
final class PeerVariables {
    /// Stages of the clock filter (RFC 5905 §10).
    private static final int FILTER_STAGES = 8;
    /// The dispersion of a stage that never held a sample, seconds (RFC 5905 MAXDISP).
    private static final double EMPTY_STAGE = 16;

    static final VariableTable<AssociationView> TABLE = new VariableTable<AssociationView>()
            .add("srcadr", peer -> peer.remote().address().toString())
            .add("srcport", peer -> peer.remote().port())
            .addWhen("srchost", PeerVariables::hasHostName, PeerVariables::hostName)
            .add("dstadr", peer -> peer.local().toString())
            .add("dstport", peer -> 123)
            .add("leap", peer -> peer.leap().code())
            .add("stratum", AssociationView::stratum)
            .add("precision", AssociationView::precision)
            .add("rootdelay", peer -> millis(peer.rootDelay()))
            .add("rootdisp", peer -> millis(peer.rootDispersion()))
            .add("refid", PeerVariables::referenceId)
            .add("reftime", peer -> timestamp(peer.reference()))
            .add("rec", peer -> timestamp(peer.lastReceived()))
            .add("reach", peer -> hex(peer.reach() & 0xff))
            .add("unreach", AssociationView::unreach)
            .add("hmode", PeerVariables::hostMode)
            .add("pmode", peer -> peer.peerMode().code())
            .add("hpoll", AssociationView::hostPoll)
            .add("ppoll", PeerVariables::peerPoll)
            .add("headway", peer -> 0)
            .add("flash", peer -> hex(peer.flash()))
            .add("keyid", AssociationView::keyId)
            .add("ttl", AssociationView::ttl)
            .add("offset", peer -> fineMillis(peer.offsetSeconds()))
            .add("delay", peer -> fineMillis(peer.delaySeconds()))
            .add("dispersion", peer -> millis(peer.dispersionSeconds()))
            .add("jitter", peer -> fineMillis(peer.jitterSeconds()))
            .add("filtdelay", peer -> filter(peer, FilterSample::delaySeconds, 0))
            .add("filtoffset", peer -> filter(peer, FilterSample::offsetSeconds, 0))
            .add("filtdisp", peer -> filter(peer, FilterSample::dispersionSeconds, EMPTY_STAGE))
            .add(Shown.ON_REQUEST, "in", AssociationView::received)
            .add(Shown.ON_REQUEST, "out", AssociationView::sent)
            .add(Shown.ON_REQUEST, "received", AssociationView::received)
            .add(Shown.ON_REQUEST, "sent", AssociationView::sent)
            .add(Shown.ON_REQUEST, "config", peer -> bit(peer.configured()))
            .add(Shown.ON_REQUEST, "authenable", peer -> bit(peer.authEnabled()))
            .add(Shown.ON_REQUEST, "authentic", peer -> bit(peer.authentic()))
            .add(Shown.ON_REQUEST, "bias", peer -> millis(0))
            .add(Shown.ON_REQUEST, "xleave", peer -> millis(0))
            .add(Shown.ON_REQUEST, "org", peer -> timestamp(0))
            .add(Shown.ON_REQUEST, "xmt", peer -> timestamp(0));

    private PeerVariables() {}

    /// A name that says more than the address: ntpq shows it in place of the address.
    private static boolean hasHostName(AssociationView peer) {
        String address = peer.remote().address().toString();
        return isClock(peer) || !(peer.name().isEmpty() || peer.name().equals(address));
    }

    /// Clocks of this machine are named in classic's way, driver and unit: ntpq of NTPsec tells them by the bracket.
    private static String hostName(AssociationView peer) {
        return switch (peer.kind()) {
            case LOCAL_CLOCK -> quoted("LOCAL(0)");
            case HOST_CLOCK -> quoted("HOST(0)");
            case UNICAST, BROADCAST_RECEIVER, BROADCAST_STREAM -> quoted(peer.name());
        };
    }

    private static String referenceId(AssociationView peer) {
        return isClock(peer)
                ? ValueFormat.clockReferenceId(peer.referenceId())
                : ValueFormat.referenceId(peer.referenceId(), peer.stratum());
    }

    /// True for the clocks that hang on this machine; classic calls them reference clocks.
    static boolean isClock(AssociationView peer) {
        return peer.kind() == Kind.LOCAL_CLOCK || peer.kind() == Kind.HOST_CLOCK;
    }

    /// Classic calls a receiver of broadcasts mode 6, and mode 3 while it measures the delay by unicast; ntpq's `t`
    /// column is made of it.
    static int hostMode(AssociationView peer) {
        return switch (peer.kind()) {
            case BROADCAST_RECEIVER -> peer.volley() ? NtpMode.CLIENT.code() : NtpMode.CONTROL.code();
            case BROADCAST_STREAM -> NtpMode.BROADCAST.code();
            case LOCAL_CLOCK, HOST_CLOCK -> NtpMode.CLIENT.code();
            case UNICAST -> peer.hostMode().code();
        };
    }

    /// Our own interval while the peer has told none: ntpq shows the lesser of the two.
    private static int peerPoll(AssociationView peer) {
        return peer.peerMode() == NtpMode.RESERVED ? peer.hostPoll() : peer.peerPoll();
    }

    private static String filter(AssociationView peer, ToDoubleFunction<FilterSample> stage, double empty) {
        List<FilterSample> samples = peer.filter();
        DoubleStream known = samples.stream().limit(FILTER_STAGES).mapToDouble(stage);
        DoubleStream missing = Stream.generate(() -> empty)
                .limit(Math.max(0, FILTER_STAGES - samples.size()))
                .mapToDouble(Double::doubleValue);
        return ValueFormat.row(DoubleStream.concat(known, missing).map(seconds -> seconds * 1e3));
    }

    private static int bit(boolean value) {
        return value ? 1 : 0;
    }
}
