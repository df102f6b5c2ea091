package org.ekicho.bench;

import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.auth.Authenticator;
import org.ekicho.ntp.auth.KeyRing;
import org.ekicho.ntp.auth.KeyType;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.ntp.packet.LeapIndicator;
import org.ekicho.ntp.packet.NtpMode;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.wire.BigEndian;

/// Kinds of requests: without MAC, and with one of each kind that all servers know.
enum Traffic {
    PLAIN("plain", 0, KeyType.MD5, ""),
    MD5("MD5", 1, KeyType.MD5, "00112233445566778899aabbccddeeff01234567"),
    SHA1("SHA1", 2, KeyType.SHA1, "00112233445566778899aabbccddeeff01234567"),
    AES("AES-128-CMAC", 3, KeyType.AES128CMAC, "000102030405060708090a0b0c0d0e0f");

    private static final HexFormat HEX = HexFormat.of();

    private final String title;
    private final int keyId;
    private final KeyType type;
    private final String secret;

    Traffic(String title, int keyId, KeyType type, String secret) {
        this.title = title;
        this.keyId = keyId;
        this.type = type;
        this.secret = secret;
    }

    String title() {
        return title;
    }

    /// The key file in the classic dialect.
    static String classicKeys() {
        StringBuilder text = new StringBuilder();
        for (Traffic one : keyed()) {
            text.append("%d %s %s%n".formatted(one.keyId, one.type.fileName(), one.secret));
        }
        return text.toString();
    }

    /// The key file in chrony's dialect.
    static String chronyKeys() {
        StringBuilder text = new StringBuilder();
        for (Traffic one : keyed()) {
            String name = one.type == KeyType.AES128CMAC ? "AES128" : one.type.fileName();
            text.append("%d %s HEX:%s%n".formatted(one.keyId, name, one.secret));
        }
        return text.toString();
    }

    private static List<Traffic> keyed() {
        return List.of(MD5, SHA1, AES);
    }

    private static Authenticator authenticator() {
        return new Authenticator(new KeyRing(
                keyed().stream()
                        .map(one -> new SymmetricKey(one.keyId, one.type, HEX.parseHex(one.secret), List.of()))
                        .toList(),
                Set.of(1, 2, 3)));
    }

    /// Bytes of a request, and of its answer.
    int length() {
        return NtpPacket.HEADER + (keyId == 0 ? 0 : 4 + type.digestLength());
    }

    /// A burst of requests that differ in their transmit timestamps.
    byte[][] burst() {
        Authenticator authenticator = authenticator();
        byte[][] burst = new byte[Flow.BURST][length()];
        for (int i = 0; i < burst.length; i++) {
            new NtpPacket(
                            LeapIndicator.NONE,
                            4,
                            NtpMode.CLIENT,
                            0,
                            6,
                            -20,
                            0,
                            0,
                            0,
                            0,
                            0,
                            0,
                            0xe900_0000_0000_0001L + i)
                    .encode(burst[i]);
            if (keyId != 0) {
                authenticator.seal(burst[i], NtpPacket.HEADER, keyId);
            }
        }
        return burst;
    }

    /// Whether these bytes are the answer of a synchronised server to one of the burst, with a good MAC where one is
    /// due.
    boolean isAnswered(byte[] reply, int length) {
        if (length != length() || (reply[0] & 7) != 4 || (reply[0] & 0xc0) == 0xc0) {
            return false;
        }
        long origin = BigEndian.i64(reply, NtpPacket.ORIGIN) - 0xe900_0000_0000_0001L;
        boolean authentic = keyId == 0 || authenticator().verify(reply, length, NtpPacket.HEADER, 0, 0) == NtpReason.OK;
        return origin >= 0 && origin < Flow.BURST && authentic;
    }
}
