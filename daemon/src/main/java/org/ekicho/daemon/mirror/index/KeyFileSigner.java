package org.ekicho.daemon.mirror.index;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import org.ekicho.host.files.BoundedRead;
import org.ekicho.mirror.signature.OpenPgpSigner;

/// Signs with an OpenPGP secret key that lies in a file.
public final class KeyFileSigner implements RepomdSigner {
    private final OpenPgpSigner signer;
    private final InstantSource clock;

    private KeyFileSigner(OpenPgpSigner signer, InstantSource clock) {
        this.signer = signer;
        this.clock = clock;
    }

    /// @param passphrase of the key; empty for none
    /// @throws IOException when the file cannot be read, or holds no key that may sign
    public static KeyFileSigner open(Path key, char[] passphrase, InstantSource clock) throws IOException {
        byte[] file = BoundedRead.bytes(key, OpenPgpSigner.MAX_FILE_BYTES);
        try {
            return new KeyFileSigner(OpenPgpSigner.open(file, passphrase), clock);
        } catch (IOException e) {
            throw new IOException(key + " cannot be used for signing: " + e.getMessage(), e);
        } finally {
            Arrays.fill(file, (byte) 0);
        }
    }

    @Override
    public byte[] sign(byte[] content) throws IOException {
        return signer.sign(content, clock.instant());
    }

    @Override
    public byte[] publicKey() throws IOException {
        return signer.publicKey();
    }

    @Override
    public String key() {
        return signer.fingerprint();
    }
}
