package org.ekicho.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.ekicho.daemon.mirror.index.KeyFileSigner;
import org.ekicho.daemon.mirror.index.RepomdSigner;
import org.ekicho.host.files.BoundedRead;
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
        if (key == null) {
            return Optional.empty();
        }
        char[] passphrase = passphrase();
        try {
            return Optional.of(KeyFileSigner.open(key, passphrase, InstantSource.system()));
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    /// A key file without a passphrase.
    static RepomdSigner open(Path key) throws IOException {
        return KeyFileSigner.open(key, new char[0], InstantSource.system());
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
}
