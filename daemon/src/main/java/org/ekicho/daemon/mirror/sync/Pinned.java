package org.ekicho.daemon.mirror.sync;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.ekicho.host.download.DownloadResult;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.metadata.Metalink;
import org.ekicho.mirror.repodata.Repomd;
import org.ekicho.mirror.repodata.RepomdReader;
import org.ekicho.mirror.snapshot.MirrorLayout;

/// The state of upstream that a run works on: one repomd.xml from one server, from which its metadata comes first.
///
/// @param mirror       that server
/// @param file         repomd.xml in the stage
/// @param sha256       of it
/// @param lastModified as the server said
record Pinned(Mirror mirror, Path file, String sha256, Repomd repomd, Optional<Instant> lastModified) {
    /// A server that restarts is back after a moment.
    private static final int ROUNDS = 3;

    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(700);

    /// Asks one server after the other for a repomd.xml that can be read and, where a metalink says so, is accepted.
    /// The
    /// newest one that the metalink names is preferred, an older one that it still accepts is taken otherwise.
    static Pinned choose(Mirrors mirrors, MirrorFinder.Found found, Path stage) throws IOException, SyncFailure {
        for (int round = 1; ; round++) {
            try {
                return once(mirrors, found, stage);
            } catch (SyncFailure e) {
                if (e.reason() != MirrorReason.UNREACHABLE || round == ROUNDS) {
                    throw e;
                }
                LockSupport.parkNanos(BETWEEN_ROUNDS.toNanos());
            }
        }
    }

    private static Pinned once(Mirrors mirrors, MirrorFinder.Found found, Path stage) throws IOException, SyncFailure {
        List<String> troubles = new ArrayList<>();
        Optional<Pinned> older = Optional.empty();
        MirrorReason reason = MirrorReason.NO_MIRROR_HAS_IT;
        for (Mirror mirror : mirrors.all()) {
            Path file = stage.resolve(older.isPresent() ? "repomd.xml.second" : "repomd.xml");
            try {
                Pinned pinned = fetch(mirrors, mirror, file);
                Metalink.Age age = pinned.age(found.accepted());
                mirror.worked();
                if (age == Metalink.Age.CURRENT) {
                    return pinned;
                }
                if (older.isEmpty()) {
                    older = Optional.of(pinned);
                }
            } catch (SyncFailure e) {
                troubles.add(e.sentence());
                reason = e.reason();
                mirror.failed(e.sentence(), System.nanoTime());
            }
        }
        if (older.isPresent()) {
            return older.get();
        }
        throw new SyncFailure(reason, troubles.isEmpty() ? "no mirror answered" : String.join("; ", troubles));
    }

    /// Whether the server has another state by now.
    boolean isReplaced(Mirrors mirrors, Path stage) throws IOException {
        Path file = stage.resolve("repomd.xml.again");
        DownloadResult result = mirrors.fetch(mirror, MirrorLayout.REPOMD, file, RepomdReader.MAX_BYTES, "SHA-256");
        return result instanceof DownloadResult.Done done
                && !sha256.equals(done.digests().get("SHA-256"));
    }

    byte[] bytes() throws IOException {
        return Files.readAllBytes(file);
    }

    private static Pinned fetch(Mirrors mirrors, Mirror mirror, Path file) throws IOException, SyncFailure {
        return switch (mirrors.fetch(mirror, MirrorLayout.REPOMD, file, RepomdReader.MAX_BYTES, "SHA-256")) {
            case DownloadResult.Failed(var failure, String sentence) ->
                throw new SyncFailure(
                        failure == DownloadResult.Failure.TOO_LARGE
                                ? MirrorReason.TOO_LARGE
                                : failure == DownloadResult.Failure.NOT_FOUND
                                        ? MirrorReason.NO_MIRROR_HAS_IT
                                        : MirrorReason.UNREACHABLE,
                        sentence);
            case DownloadResult.Done done -> {
                Reading<Repomd> reading = RepomdReader.read(new ByteArrayInputStream(Files.readAllBytes(file)));
                yield switch (reading) {
                    case Reading.Refused<Repomd>(var refusal) -> throw SyncFailure.of(done.from(), refusal);
                    case Reading.Done<Repomd>(Repomd repomd) ->
                        new Pinned(
                                mirror, file, done.digests().getOrDefault("SHA-256", ""), repomd, done.lastModified());
                };
            }
        };
    }

    /// What a metalink says of a repomd.xml; empty when it does not name it.
    static Optional<Metalink.Age> age(byte[] repomd, List<Metalink.Version> accepted) throws IOException {
        if (accepted.isEmpty()) {
            return Optional.of(Metalink.Age.CURRENT);
        }
        for (Metalink.Version version : accepted) {
            Checksum sum = version.strongest();
            if (Digests.of(sum.type().algorithm(), new ByteArrayInputStream(repomd))
                    .equals(sum.hex())) {
                return Optional.of(version.age());
            }
        }
        return Optional.empty();
    }

    private Metalink.Age age(List<Metalink.Version> accepted) throws IOException, SyncFailure {
        byte[] bytes = bytes();
        return age(bytes, accepted)
                .orElseThrow(() -> new SyncFailure(
                        MirrorReason.WRONG_CHECKSUM,
                        mirror.shown() + " has a repomd.xml that the metalink does not name (" + bytes.length
                                + " bytes, sha256 " + sha256 + ")"));
    }
}
