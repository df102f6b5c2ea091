package org.ekicho.daemon.mirror.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.ekicho.host.files.BoundedRead;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.settings.RepoSettings;

/// What is asked of a repository's packages, as one word that two runs compare: which of them, what must be signed,
/// by which keys. Keys are taken as the bytes of their files, which costs nothing; what they hold is read by [Trust].
final class Demands {
    /// The largest key file.
    static final int MAX_KEY_BYTES = 4 << 20;

    private Demands() {}

    /// @throws SyncFailure when something must be signed and a key's file is missing
    static String of(RepoSettings repo) throws IOException, SyncFailure {
        StringBuilder text = new StringBuilder();
        text.append(repo.selection()).append('\n').append(repo.generation()).append('\n');
        text.append(repo.signingKey().orElse("")).append('\n');
        text.append(repo.checks().stream().map(Enum::name).sorted().collect(Collectors.joining(",")));
        if (!repo.checks().isEmpty()) {
            for (String name : repo.gpgKeys()) {
                text.append('\n').append(Digests.sha256(BoundedRead.bytes(keyFile(name), MAX_KEY_BYTES)));
            }
        }
        return Digests.sha256(text.toString());
    }

    /// @throws SyncFailure when it is not there
    static Path keyFile(String name) throws SyncFailure {
        Path file = Path.of(name.startsWith("file://") ? name.substring("file://".length()) : name);
        if (!Files.exists(file)) {
            throw new SyncFailure(
                    MirrorReason.BAD_SIGNATURE,
                    "the key file " + file + " is not there; copy it from the distribution's medium or from one of"
                            + " its machines");
        }
        return file;
    }
}
