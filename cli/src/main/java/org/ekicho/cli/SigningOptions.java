package org.ekicho.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.ekicho.daemon.mirror.index.RepomdSigner;
import org.ekicho.host.files.BoundedRead;
import org.ekicho.mirror.signature.OpenPgpSigner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// With which key repomd.xml is signed.
final class SigningOptions {
    /// A passphrase is a line.
    private static final int MAX_PASSPHRASE_BYTES = 4096;

    @Option(
            names = "--sign-with",
            paramLabel = "KEY",
            description = "Sign repomd.xml with this OpenPGP secret key (gpg --export-secret-keys).")
    private @Nullable Path key;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "Its first line is the passphrase of the key; mode 0600.")
    private @Nullable Path passphraseFile;

    Optional<RepomdSigner> signer() throws IOException {
        return key == null ? Optional.empty() : Optional.of(open(key, passphrase()));
    }

    /// A key file without a passphrase.
    static RepomdSigner open(Path key) throws IOException {
        return open(key, new char[0]);
    }

    private static RepomdSigner open(Path key, char[] passphrase) throws IOException {
        byte[] file = BoundedRead.bytes(key, OpenPgpSigner.MAX_FILE_BYTES);
        try {
            return new KeyFile(OpenPgpSigner.open(file, passphrase));
        } catch (IOException e) {
            throw new IOException(key + " cannot be used for signing: " + e.getMessage(), e);
        } finally {
            Arrays.fill(passphrase, '\0');
            Arrays.fill(file, (byte) 0);
        }
    }

    private char[] passphrase() throws IOException {
        if (passphraseFile == null) {
            return new char[0];
        }
        return BoundedRead.text(passphraseFile, MAX_PASSPHRASE_BYTES)
                .lines()
                .findFirst()
                .orElse("")
                .toCharArray();
    }

    private record KeyFile(OpenPgpSigner signer) implements RepomdSigner {
        @Override
        public byte[] sign(byte[] content) throws IOException {
            return signer.sign(content, Instant.now());
        }

        @Override
        public String key() {
            return signer.fingerprint();
        }
    }
}
