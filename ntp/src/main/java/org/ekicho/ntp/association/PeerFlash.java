package org.ekicho.ntp.association;

import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.packet.LeapIndicator;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.ntp.packet.NtpShort;
import org.jspecify.annotations.Nullable;

/// The flash word of classic ntpd: one bit for each test that the last packet, or the source, fails
/// (RFC 5905 §9.2 and §11.2.1, bits as ntpq names them).
final class PeerFlash {
    private static final int DUPLICATE = 0x0001;
    private static final int BOGUS = 0x0002;
    private static final int DENIED = 0x0008;
    private static final int AUTH = 0x0010;
    private static final int UNSYNCHRONISED = 0x0020;
    private static final int STRATUM = 0x0200;
    private static final int DISTANCE = 0x0400;
    private static final int LOOP = 0x0800;
    private static final int UNREACHABLE = 0x1000;

    private PeerFlash() {}

    static int of(boolean reachable, @Nullable NtpPacket packet, @Nullable NtpReason lastProblem, double maxDistance) {
        int flash = reachable ? 0 : UNREACHABLE;
        if (packet == null) {
            flash |= DISTANCE;
        } else {
            boolean timeless =
                    packet.leap() == LeapIndicator.UNSYNCHRONISED || packet.stratum() == 0 || packet.stratum() >= 16;
            double distance = NtpShort.toSeconds(packet.rootDelay()) / 2 + NtpShort.toSeconds(packet.rootDispersion());
            flash |= timeless ? UNSYNCHRONISED | STRATUM : 0;
            flash |= distance > maxDistance ? DISTANCE : 0;
        }
        return flash | (lastProblem == null ? 0 : ofReason(lastProblem));
    }

    private static int ofReason(NtpReason reason) {
        return switch (reason) {
            case DUPLICATE -> DUPLICATE;
            case BOGUS_ORIGIN -> BOGUS;
            case KISS_DENY -> DENIED;
            case SYNC_LOOP -> LOOP;
            case MISSING_MAC, UNKNOWN_KEY, UNTRUSTED_KEY, KEY_NOT_FOR_ADDRESS, WRONG_KEY_ID, WRONG_MAC_LENGTH -> AUTH;
            case BAD_MAC, CRYPTO_NAK, EXTENSION_WITH_WEAK_MAC -> AUTH;
            default -> 0;
        };
    }
}
