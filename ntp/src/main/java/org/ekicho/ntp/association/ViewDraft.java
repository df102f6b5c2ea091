package org.ekicho.ntp.association;

import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.estimate.Estimate;
import org.ekicho.ntp.packet.LeapIndicator;
import org.ekicho.ntp.packet.NtpMode;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.ntp.packet.NtpShort;
import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.ntp.selection.Verdict;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.ntp.view.ReasonCount;
import org.ekicho.ntp.view.SelectionStatus;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// An [AssociationView] in the making: fields that nobody sets say "nothing known". Units and meanings as there.
public final class ViewDraft {
    private final int id;
    private final AssociationView.Kind kind;
    private final Endpoint remote;

    public String name;
    public IpAddress local = IpAddress.ANY_V4;
    public String interfaceName = "";
    public boolean configured;
    public boolean authentic;
    public int reach;
    public int unreach;
    public SelectionStatus selection = SelectionStatus.REJECT;
    public String selectionReason = "";
    public NtpMode hostMode = NtpMode.CLIENT;
    public NtpMode peerMode = NtpMode.RESERVED;
    public boolean volley;
    public LeapIndicator leap = LeapIndicator.UNSYNCHRONISED;
    public int stratum = 16;
    public int precision;
    public double rootDelay;
    public double rootDispersion;
    public int referenceId = ReferenceId.ofText("INIT");
    public long reference;
    public long lastReceived;
    public int hostPoll;
    public int peerPoll;
    public int keyId;
    public int ttl;
    public double offsetSeconds;
    public double delaySeconds;
    public double dispersionSeconds = Exchange.MAX_DISTANCE;
    public double jitterSeconds;
    public List<AssociationView.FilterSample> filter = List.of();
    public long sent;
    public long received;
    public Optional<NtpReason> lastRefusal = Optional.empty();
    public List<ReasonCount> refusals = List.of();
    public int flash;
    public int lastEvent;
    public int eventCount;
    public String state = "";

    public ViewDraft(int id, AssociationView.Kind kind, Endpoint remote) {
        this.id = id;
        this.kind = kind;
        this.remote = remote;
        this.name = remote.address().toString();
    }

    /// What the source said of itself.
    public void header(NtpPacket packet) {
        peerMode = packet.mode();
        leap = packet.leap();
        stratum = packet.stratum() == 0 ? 16 : packet.stratum();
        precision = packet.precision();
        rootDelay = NtpShort.toSeconds(packet.rootDelay());
        rootDispersion = NtpShort.toSeconds(packet.rootDispersion());
        referenceId = packet.referenceId();
        reference = packet.reference();
        peerPoll = packet.poll();
    }

    /// What we measured of it.
    public void estimate(Estimate estimate) {
        offsetSeconds = estimate.offsetSeconds();
        delaySeconds = estimate.delaySeconds();
        dispersionSeconds = estimate.dispersionSeconds();
        jitterSeconds = estimate.jitterSeconds();
    }

    /// What the choice made of it.
    public void verdict(Verdict verdict) {
        selection = verdict.status();
        selectionReason = verdict.sentence();
    }

    public AssociationView view() {
        return new AssociationView(
                id,
                kind,
                remote,
                name,
                local,
                interfaceName,
                configured,
                keyId != 0,
                authentic,
                reach,
                unreach,
                selection,
                selectionReason,
                hostMode,
                peerMode,
                volley,
                leap,
                stratum,
                precision,
                rootDelay,
                rootDispersion,
                referenceId,
                reference,
                lastReceived,
                hostPoll,
                peerPoll,
                keyId,
                ttl,
                offsetSeconds,
                delaySeconds,
                dispersionSeconds,
                jitterSeconds,
                filter,
                sent,
                received,
                lastRefusal,
                refusals,
                flash,
                lastEvent,
                eventCount,
                state);
    }
}
