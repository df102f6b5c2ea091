package org.ekicho.daemon.mirror.sync;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.ekicho.daemon.mirror.folder.ContentStore;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.codec.Codec;
import org.ekicho.mirror.codec.CodecException;
import org.ekicho.mirror.codec.OpenLimits;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.location.CheckedPath;
import org.ekicho.mirror.location.Locations;
import org.ekicho.mirror.repodata.RepomdRecord;
import org.ekicho.mirror.sync.RecordStep;

/// Brings the metadata files that repomd.xml names into the store, each checked: size, checksum, and what it opens to.
record RecordStage(Mirrors mirrors, ContentStore store, KnownFile known) {
    /// @return the SHA-256 of each that is not dropped, by type
    Map<String, String> fetch(List<RecordStep> steps) throws IOException, SyncFailure {
        Map<String, String> sha256s = new HashMap<>();
        for (RecordStep step : steps) {
            if (step.fate() == RecordStep.Fate.DROPPED) {
                continue;
            }
            RepomdRecord record = step.record();
            sha256s.put(
                    record.type(),
                    step.knownSha256().isPresent() ? step.knownSha256().get() : fetch(record));
        }
        return sha256s;
    }

    /// Opens a metadata file that is in the store.
    ///
    /// @throws CodecException here or when reading, when it breaks its format or its limits
    InputStream open(RepomdRecord record, String sha256) throws IOException {
        return open(record, store.path(sha256));
    }

    private String fetch(RepomdRecord record) throws IOException, SyncFailure {
        CheckedPath path = switch (Locations.check(record.location(), Locations.Use.METADATA)) {
            case Reading.Done<CheckedPath>(CheckedPath checked) -> checked;
            case Reading.Refused<CheckedPath>(var refusal) -> throw SyncFailure.of(record.type(), refusal);
        };
        Wanted wanted =
                new Wanted(path, java.util.Optional.of(record.checksum()), record.size(), Wanted.MAX_RECORD_BYTES);
        return switch (mirrors.fetch(wanted, 0)) {
            case Mirrors.Got.Nothing(MirrorReason reason, String detail) ->
                throw new SyncFailure(reason, "the metadata file " + path + ": " + detail);
            case Mirrors.Got.File file -> {
                checkOpen(record, file.file());
                store.take(file.file(), file.sha256());
                known.learn(record.checksum(), file.sha256());
                yield file.sha256();
            }
        };
    }

    /// What a file opens to is checked, too: a bomb must not reach the clients. Databases are left out: they are of
    /// bzip2,
    /// whose opening takes longer than the rest of a run, and their packed form is proven like every other.
    private static void checkOpen(RepomdRecord record, Path file) throws IOException, SyncFailure {
        boolean zchunk =
                record.headerChecksum().isPresent() || record.location().endsWith(".zck");
        if (zchunk || record.openChecksum().isEmpty() || record.type().endsWith("_db")) {
            return;
        }
        Checksum wanted = record.openChecksum().get();
        try (InputStream in = open(record, file)) {
            String found = Digests.of(wanted.type().algorithm(), in);
            if (!found.equals(wanted.hex())) {
                throw new SyncFailure(
                        MirrorReason.WRONG_CHECKSUM,
                        "the metadata file " + record.location() + " opens to something with "
                                + wanted.type().word() + " " + found + " instead of " + wanted.hex());
            }
        } catch (CodecException e) {
            throw new SyncFailure(e.reason(), "the metadata file " + record.location() + ": " + e.getMessage());
        }
    }

    private static InputStream open(RepomdRecord record, Path file) throws IOException {
        InputStream packed = Files.newInputStream(file);
        try {
            Codec codec = Codec.ofName(record.location());
            OptionalLong size = codec == Codec.NONE ? OptionalLong.empty() : record.openSize();
            return codec.decompressing(packed, OpenLimits.of(size));
        } catch (IOException e) {
            packed.close();
            throw e;
        }
    }
}
