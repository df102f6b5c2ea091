package org.ekicho.daemon.mirror.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ekicho.daemon.mirror.index.IndexSettings.Effort;
import org.ekicho.daemon.mirror.index.IndexSettings.Reuse;
import org.ekicho.mirror.codec.Codec;
import org.ekicho.mirror.codec.OpenLimits;
import org.ekicho.mirror.hash.HashType;
import org.ekicho.mirror.repodata.Repomd;
import org.ekicho.mirror.repodata.RepomdReader;
import org.ekicho.mirror.repodata.RepomdRecord;
import org.ekicho.mirror.settings.ClientGeneration;

/// A folder of packages and its metadata as a client sees it.
///
/// @param path where it is
record IndexedFolder(Path path) {
    /// Files made a moment ago are at rest by this clock.
    static final InstantSource LATER = () -> Instant.now().plus(Duration.ofSeconds(10));

    IndexSettings settings() {
        return IndexSettings.of(path, ClientGeneration.EL8);
    }

    static IndexSettings update(IndexSettings settings) {
        Effort effort = settings.effort();
        return settings.with(
                new Effort(effort.workers(), Reuse.UNCHANGED_PACKAGES, effort.digests(), effort.outcome()));
    }

    IndexResult index() throws IOException {
        return run(settings());
    }

    IndexResult update() throws IOException {
        return run(update(settings()));
    }

    static IndexResult run(IndexSettings settings) throws IOException {
        return new Indexer(settings, Optional.empty(), LATER).run(IndexProgress.NONE);
    }

    void rpm(String file, String name, String version) throws IOException {
        TestRpm.write(path.resolve(file), name, version, "payload of " + name);
    }

    Repomd repomd() throws Exception {
        byte[] bytes = Files.readAllBytes(path.resolve("repodata/repomd.xml"));
        return RepomdReader.read(new ByteArrayInputStream(bytes)).orThrow();
    }

    /// The content of a record, whose checksums and sizes are right.
    String content(String type) throws Exception {
        RepomdRecord record = repomd().record(type).orElseThrow();
        byte[] packed = Files.readAllBytes(path.resolve(record.location()));
        assertThat(hex(record.checksum().type(), packed))
                .isEqualTo(record.checksum().hex());
        assertThat(record.size()).hasValue(packed.length);
        try (InputStream in = Codec.ofName(record.location())
                .decompressing(new ByteArrayInputStream(packed), OpenLimits.of(record.openSize()))) {
            byte[] open = in.readAllBytes();
            record.openChecksum()
                    .ifPresent(sum -> assertThat(hex(sum.type(), open)).isEqualTo(sum.hex()));
            return new String(open, StandardCharsets.UTF_8);
        }
    }

    List<String> metadataFiles() throws IOException {
        try (Stream<Path> files = Files.list(path.resolve("repodata"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    static String hex(HashType type, byte[] bytes) {
        var digest = MetadataFile.digest(type);
        digest.update(bytes);
        return MetadataFile.sum(type, digest).hex();
    }
}
