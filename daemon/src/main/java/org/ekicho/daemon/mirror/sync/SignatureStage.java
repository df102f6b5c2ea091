package org.ekicho.daemon.mirror.sync;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ekicho.host.download.DownloadResult;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.snapshot.MirrorLayout;

/// Fetches repomd.xml.asc, when upstream has one. Whether it must be there is decided elsewhere.
record SignatureStage(Mirrors mirrors, Mirror mirror, Path stage) {
    static final String PATH = MirrorLayout.REPOMD + ".asc";

    /// A signature file has some hundred bytes.
    private static final long MAX_BYTES = 256 << 10;

    /// The signature in the stage.
    record Signature(Path file, String sha256) {
        byte[] bytes() throws IOException {
            return Files.readAllBytes(file);
        }
    }

    /// @throws SyncFailure when it cannot be told whether there is one
    Optional<Signature> find() throws IOException, SyncFailure {
        Path file = stage.resolve("repomd.xml.asc");
        DownloadResult result = mirrors.fetch(mirror, PATH, file, MAX_BYTES, "SHA-256");
        return switch (result) {
            case DownloadResult.Done done
            when startsLikeArmor(file) ->
                Optional.of(new Signature(file, done.digests().getOrDefault("SHA-256", "")));
            case DownloadResult.Done _ -> Optional.empty();
            case DownloadResult.Failed failed -> {
                if (!failed.isAbsent()) {
                    throw new SyncFailure(MirrorReason.UNREACHABLE, failed.sentence());
                }
                yield Optional.empty();
            }
        };
    }

    private static boolean startsLikeArmor(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(5);
            return head.length == 5 && (head[0] == '-' || head[0] < 0);
        }
    }
}
