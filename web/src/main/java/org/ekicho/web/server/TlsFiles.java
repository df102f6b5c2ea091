package org.ekicho.web.server;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import org.ekicho.mirror.settings.ServeSettings;

/// The certificate and its key, read from their files.
///
/// @param certificate PEM of the chain, the server's own first
/// @param key         PEM of its key; never printed
record TlsFiles(Buffer certificate, Buffer key) {
    /// What a certificate's key may be, as the JDK names it.
    private static final List<String> KINDS = List.of("RSA", "EC", "EdDSA", "Ed25519");
    /// Certificate chains have some 10 KB.
    private static final long MAX_BYTES = 1 << 20;

    /// Reads them; empty when there is no TLS.
    ///
    /// @throws IOException the message says which file and what to do
    static Optional<TlsFiles> read(ServeSettings serve) throws IOException {
        if (serve.tlsListen().isEmpty()) {
            return Optional.empty();
        }
        if (serve.tlsCert().isEmpty() || serve.tlsKey().isEmpty()) {
            throw new IOException(
                    "TLS needs a certificate and its key; name both files: certificate and key (with \"mirror serve\":"
                            + " --tls-cert and --tls-key)");
        }
        TlsFiles files =
                new TlsFiles(file(serve.tlsCert().get()), file(serve.tlsKey().get()));
        files.check(serve.tlsCert().get(), serve.tlsKey().get());
        return Optional.of(files);
    }

    /// A certificate whose key is another would be taken, and no handshake succeed: as when a renewal has written
    /// one of the files and not yet the other.
    private void check(String certificateName, String keyName) throws IOException {
        try {
            KeyManager manager = options().getKeyManagerFactory(null).getKeyManagers()[0];
            if (!(manager instanceof X509KeyManager pair)) {
                throw new IOException("no key for X.509 certificates");
            }
            for (String kind : KINDS) {
                String[] aliases = pair.getServerAliases(kind, null);
                for (String alias : aliases == null ? new String[0] : aliases) {
                    if (!fits(pair.getPrivateKey(alias), pair.getCertificateChain(alias)[0].getPublicKey())) {
                        throw new IOException("the key in " + keyName + " is not that of the certificate in "
                                + certificateName + "; name a file and its own key");
                    }
                }
            }
        } catch (IOException e) {
            throw e;
        } catch (Exception e) { // as Vert.x declares it
            throw new IOException(
                    certificateName + " and " + keyName + " are no certificate with its key in PEM (" + e.getMessage()
                            + "); name such files",
                    e);
        }
    }

    private static boolean fits(PrivateKey secret, PublicKey open) throws GeneralSecurityException {
        String algorithm = switch (secret.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> secret.getAlgorithm();
        };
        byte[] text = {1, 2, 3, 4};
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(secret);
        signing.update(text);
        byte[] signature = signing.sign();
        try {
            Signature checking = Signature.getInstance(algorithm);
            checking.initVerify(open);
            checking.update(text);
            return checking.verify(signature);
        } catch (InvalidKeyException | SignatureException e) {
            // A key of another kind or length.
            return false;
        }
    }

    private static Buffer file(String name) throws IOException {
        Path path = Path.of(name);
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw new IOException("it is larger than any PEM file");
            }
            return Buffer.buffer(Files.readAllBytes(path));
        } catch (IOException e) {
            throw new IOException("cannot read " + name + " for TLS (" + e + "); name a PEM file", e);
        }
    }

    PemKeyCertOptions options() {
        return new PemKeyCertOptions().addCertValue(certificate).addKeyValue(key);
    }

    @Override
    public String toString() {
        return "certificate of " + certificate.length() + " bytes, key ****";
    }
}
