package org.ekicho.host.download;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ekicho.host.files.BoundedRead;

/// Certificates and private keys in PEM files (RFC 7468): keys as `PRIVATE KEY` (PKCS #8) and `RSA PRIVATE KEY`
/// (PKCS #1, as RHSM's entitlements have it).
final class Pem {
    /// The bundle of all authorities of a distribution has some 250 KB.
    private static final int LIMIT = 4 << 20;

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN (RSA |EC |)PRIVATE KEY-----(.*?)-----END ", Pattern.DOTALL);

    /// SEQUENCE { OID rsaEncryption, NULL } of PKCS #8.
    private static final byte[] RSA = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };

    private Pem() {}

    static List<Certificate> certificates(Path file) throws IOException {
        try {
            List<Certificate> all = List.copyOf(CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(BoundedRead.bytes(file, LIMIT))));
            if (all.isEmpty()) {
                throw new IOException(file + " holds no certificate in PEM form");
            }
            return all;
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds no certificate that can be read: " + e.getMessage(), e);
        }
    }

    static PrivateKey key(Path file) throws IOException {
        String text = new String(BoundedRead.bytes(file, LIMIT), StandardCharsets.ISO_8859_1);
        Matcher block = KEY.matcher(text);
        if (!block.find()) {
            throw new IOException(file + " holds no private key without a passphrase in PEM form");
        }
        if (block.group(1).equals("EC ")) {
            throw new IOException(file + " holds a key of the old form EC PRIVATE KEY; convert it with"
                    + " openssl pkcs8 -topk8 -nocrypt -in " + file + " -out NEW.pem");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            byte[] pkcs8 = block.group(1).isEmpty() ? der : wrapped(der);
            return decode(pkcs8);
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new IOException(file + " holds a private key that cannot be read", e);
        }
    }

    private static PrivateKey decode(byte[] pkcs8) throws GeneralSecurityException {
        GeneralSecurityException last = new GeneralSecurityException("no kind of key");
        for (String kind : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw last;
    }

    /// PKCS #8 around PKCS #1: SEQUENCE { INTEGER 0, algorithm, OCTET STRING }.
    private static byte[] wrapped(byte[] pkcs1) {
        ByteArrayOutputStream inside = new ByteArrayOutputStream();
        inside.writeBytes(new byte[] {0x02, 0x01, 0x00});
        inside.writeBytes(RSA);
        inside.writeBytes(tagged(0x04, pkcs1));
        return tagged(0x30, inside.toByteArray());
    }

    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        out.write(0x83);
        out.write(content.length >> 16);
        out.write(content.length >> 8);
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }
}
