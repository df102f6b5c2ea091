package org.ekicho.web.server;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ekicho.mirror.settings.ServeSettings;

/// The certificate and its key, read from their files.
///
/// @param certificate PEM of the chain, the server's own first
/// @param key         PEM of its key; never printed
record TlsFiles(Buffer certificate, Buffer key) {
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
            throw new IOException("TLS needs a certificate and its key; name both files: tls-cert and tls-key");
        }
        return Optional.of(
                new TlsFiles(file(serve.tlsCert().get()), file(serve.tlsKey().get())));
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
