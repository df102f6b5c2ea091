package org.ekicho.lab.peer;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.ekicho.lab.lan.Machine;
import org.ekicho.ntp.auth.Authenticator;
import org.ekicho.ntp.auth.KeyRing;
import org.ekicho.ntp.auth.KeyType;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.wire.BigEndian;

/// The key file of the tests, in the classic dialect, with one key of each kind that classic peers can verify.
public final class Keys {
    public static final String MD5 = "10";
    public static final String SHA1 = "11";
    public static final String AES = "12";

    /// From the NTP epoch, 1900, to that of Unix.
    private static final long SECONDS_TO_1970 = 2_208_988_800L;

    private static final String RIGHT = """
            10 MD5 labsecret10
            11 SHA1 0102030405060708090a0b0c0d0e0f1011121314
            12 AES128CMAC 000102030405060708090a0b0c0d0e0f
            """;
    private static final String WRONG = """
            10 MD5 othersecret
            11 SHA1 ff02030405060708090a0b0c0d0e0f1011121314
            12 AES128CMAC ff0102030405060708090a0b0c0d0e0f
            """;

    private static final String CHRONY = """
            10 MD5 ASCII:labsecret10
            11 SHA1 HEX:0102030405060708090a0b0c0d0e0f1011121314
            12 AES128 HEX:000102030405060708090a0b0c0d0e0f
            """;

    private Keys() {}

    /// The path of a machine's key file with the secrets that all share.
    public static String right(Machine machine) {
        return machine.file("ntp.keys", RIGHT).toString();
    }

    /// The path of a key file with the same ids and other secrets.
    public static String wrong(Machine machine) {
        return machine.file("ntp.keys", WRONG).toString();
    }

    /// The path of a key file with the secrets that all share, as chrony writes it.
    public static String chrony(Machine machine) {
        return machine.file("chrony.keys", CHRONY).toString();
    }

    /// A multicast packet under the MD5 key, with the time of now as its transmit stamp and a MAC that is right again.
    public static byte[] stampedNow(byte[] packet) {
        byte[] fresh = packet.clone();
        Instant now = Instant.now();
        long fraction = (now.getNano() * (1L << 32)) / 1_000_000_000L;
        BigEndian.put64(fresh, NtpPacket.TRANSMIT, (now.getEpochSecond() + SECONDS_TO_1970) << 32 | fraction);
        byte[] secret = "labsecret10".getBytes(StandardCharsets.US_ASCII);
        var key = new SymmetricKey(Integer.parseInt(MD5), KeyType.MD5, secret, List.of());
        new Authenticator(new KeyRing(List.of(key), Set.of(key.id()))).seal(fresh, NtpPacket.HEADER, key.id());
        return fresh;
    }
}
