package org.ekicho.daemon.mirror.publish;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.codec.Codec;
import org.ekicho.mirror.codec.OpenLimits;
import org.ekicho.mirror.metadata.UpdateInfoReader;
import org.ekicho.mirror.repodata.Repomd;
import org.ekicho.mirror.repodata.RepomdReader;
import org.ekicho.mirror.repodata.RepomdRecord;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotFile;

/// The ids of the advisories of a snapshot.
public final class AdvisoryIds {
    private AdvisoryIds() {}

    /// None when it has no advisories, or they cannot be read.
    public static Set<String> of(MirrorFolder folder, Snapshot snapshot) throws IOException {
        String text = new Publishing(folder).repomd(snapshot);
        Reading<Repomd> repomd =
                RepomdReader.read(new java.io.ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
        Optional<RepomdRecord> record =
                repomd instanceof Reading.Done<Repomd>(Repomd value) ? value.record("updateinfo") : Optional.empty();
        Optional<SnapshotFile> file = record.flatMap(known -> snapshot.files().stream()
                .filter(each -> each.path().equals(known.location()))
                .findFirst());
        Set<String> ids = new TreeSet<>();
        if (file.isPresent()) {
            try (InputStream raw = new BufferedInputStream(
                            Files.newInputStream(folder.store().path(file.get().sha256())));
                    InputStream in = Codec.ofName(file.get().path())
                            .decompressing(raw, OpenLimits.of(record.get().openSize()))) {
                UpdateInfoReader.read(in, advisory -> ids.add(advisory.id()));
            }
        }
        return ids;
    }
}
