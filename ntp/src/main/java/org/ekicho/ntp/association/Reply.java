package org.ekicho.ntp.association;

import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.estimate.Sample;
import org.ekicho.ntp.packet.NtpPacket;

/// What became of a packet that claims to answer a request of ours.
public sealed interface Reply {
    /// It answers our request and can be used.
    record Good(NtpPacket packet, Sample sample) implements Reply {}

    /// It answers our request, but tells no time that we could use: the source is unsynchronised, too far from its
    /// own source, takes its time from us, or sent a kiss-o'-death.
    record Unfit(NtpPacket packet, NtpReason reason) implements Reply {}

    /// It proves nothing: whoever sent it did not see our request or has not our key. It changes nothing.
    record Refused(NtpReason reason) implements Reply {}
}
