package org.ekicho.site.ntpkeys;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ekicho.ntp.auth.KeyType;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.wire.IpPrefix;

/// Writes keys so that the program reads the very same secrets.
public final class KeyFileWriter {
    private static final int MAX_CLASSIC_ID = 65_535;
    private static final int MAX_TEXT = 20;
    private static final String STARS = "********";

    private KeyFileWriter() {}

    /// The file for one program. A key that it could not read alike is left out, with a remark.
    public static WrittenKeys write(List<SymmetricKey> keys, KeyDialect dialect) {
        return write(keys, dialect, Secrets.SHOWN);
    }

    /// What such a file would look like, with stars for the secrets.
    public static WrittenKeys outline(List<SymmetricKey> keys, KeyDialect dialect) {
        return write(keys, dialect, Secrets.HIDDEN);
    }

    private enum Secrets {
        SHOWN,
        HIDDEN
    }

    private static WrittenKeys write(List<SymmetricKey> keys, KeyDialect dialect, Secrets secrets) {
        StringBuilder text = new StringBuilder("# Symmetric keys for " + dialect.word() + "; keep mode 0640.\n");
        List<String> remarks = new ArrayList<>();
        for (SymmetricKey key : keys) {
            Optional<String> obstacle = obstacle(key, dialect);
            if (obstacle.isPresent()) {
                remarks.add("key " + key.idText() + " is left out: " + obstacle.get());
                continue;
            }
            remark(key, dialect).ifPresent(remarks::add);
            text.append(line(key, dialect, secrets)).append('\n');
        }
        return new WrittenKeys(text.toString(), remarks);
    }

    private static String line(SymmetricKey key, KeyDialect dialect, Secrets secrets) {
        String start = key.idText() + " " + typeName(key.type(), dialect) + " ";
        if (dialect == KeyDialect.CHRONY) {
            String hex = HexFormat.of().formatHex(key.secret());
            return start + "HEX:" + (secrets == Secrets.SHOWN ? hex : STARS);
        }
        String servers = key.servers().stream().map(KeyFileWriter::server).collect(Collectors.joining(","));
        return start
                + (secrets == Secrets.SHOWN ? classicSecret(key) : STARS)
                + (servers.isEmpty() ? "" : " " + servers);
    }

    private static String server(IpPrefix prefix) {
        return prefix.length() == IpPrefix.bits(prefix.base()) ? prefix.base().toString() : prefix.toString();
    }

    private static String classicSecret(SymmetricKey key) {
        byte[] secret = key.secret();
        return isPlainText(secret) && !key.type().isCmac()
                ? new String(secret, StandardCharsets.US_ASCII)
                : HexFormat.of().formatHex(secret);
    }

    private static boolean isPlainText(byte[] secret) {
        if (secret.length > MAX_TEXT) {
            return false;
        }
        for (byte b : secret) {
            if (b <= ' ' || b >= 0x7f || b == '#') {
                return false;
            }
        }
        return true;
    }

    /// Why this key cannot stand in such a file.
    private static Optional<String> obstacle(SymmetricKey key, KeyDialect dialect) {
        if (dialect == KeyDialect.CHRONY) {
            return Optional.empty();
        }
        int longest = dialect == KeyDialect.NTPD ? 64 : 32;
        if (Integer.compareUnsigned(key.id(), MAX_CLASSIC_ID) > 0) {
            return Optional.of("ids above 65535 belong to Autokey there");
        }
        if (key.type() == KeyType.AES256CMAC && dialect == KeyDialect.NTPD) {
            return Optional.of("ntpd does not know AES-256-CMAC");
        }
        if (key.secret().length > longest) {
            return Optional.of(dialect.word() + " holds " + longest + " bytes at most");
        }
        if (!isPlainText(key.secret()) && key.secret().length * 2 <= MAX_TEXT) {
            return Optional.of("its " + key.secret().length
                    + " bytes are no plain text, and as hexadecimal they would be taken for text");
        }
        return Optional.empty();
    }

    private static Optional<String> remark(SymmetricKey key, KeyDialect dialect) {
        if (dialect == KeyDialect.NTPD && !key.type().isVerifiedByClassic()) {
            return Optional.of("key " + key.idText() + ": ntpd loads "
                    + key.type().fileName() + " keys and then verifies no packet by them (MACs of more than 20 bytes)");
        }
        if (dialect == KeyDialect.CHRONY && !key.servers().isEmpty()) {
            return Optional.of("key " + key.idText() + ": chronyd does not bind keys to addresses in this file");
        }
        return Optional.empty();
    }

    private static String typeName(KeyType type, KeyDialect dialect) {
        return switch (type) {
            case AES128CMAC -> dialect == KeyDialect.CHRONY ? "AES128" : "AES128CMAC";
            case AES256CMAC -> dialect == KeyDialect.CHRONY ? "AES256" : "AES-256";
            case MD5, SHA1, SHA256, SHA384, SHA512 -> type.fileName();
        };
    }
}
