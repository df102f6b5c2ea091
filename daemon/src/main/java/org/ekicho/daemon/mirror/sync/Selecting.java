package org.ekicho.daemon.mirror.sync;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.closure.Capabilities;
import org.ekicho.mirror.codec.CodecException;
import org.ekicho.mirror.metadata.Comps;
import org.ekicho.mirror.metadata.CompsReader;
import org.ekicho.mirror.metadata.FilesReader;
import org.ekicho.mirror.metadata.ModuleDocument;
import org.ekicho.mirror.metadata.ModulesReader;
import org.ekicho.mirror.metadata.PrimaryReader;
import org.ekicho.mirror.repodata.Repomd;
import org.ekicho.mirror.repodata.RepomdRecord;
import org.ekicho.mirror.settings.Selection;
import org.ekicho.mirror.sync.Selected;
import org.ekicho.mirror.sync.Selector;

/// Reads what a selection needs to know beside the packages' names, and lets it choose.
///
/// @param metadata SHA-256 of each metadata file in the store, by type
record Selecting(RecordStage records, Repomd repomd, Map<String, String> metadata) {
    private static final List<String> GROUP_TYPES = List.of("group", "group_gz", "group_xz", "group_zst");

    Selected select(Selection selection, PrimaryReader.Primary primary) throws IOException, SyncFailure {
        if (selection.isAll()) {
            return Selected.all(primary.packages().size());
        }
        boolean groups = selection.packages().stream().anyMatch(name -> name.startsWith("@"));
        return Selector.select(
                primary.packages(),
                selection,
                new Selector.Offer(
                        modules(),
                        groups ? comps() : Optional.empty(),
                        switch (selection.closure()) {
                            case NONE -> Optional.empty();
                            case DEPENDENCIES -> Optional.of(capabilities(primary));
                        }));
    }

    private interface Reader<T> {
        Reading<T> read(InputStream in) throws IOException;
    }

    private List<ModuleDocument> modules() throws IOException, SyncFailure {
        List<ModuleDocument> documents = new ArrayList<>();
        read("modules", in -> ModulesReader.read(in, documents::add));
        return documents;
    }

    private Optional<Comps> comps() throws IOException, SyncFailure {
        for (String type : GROUP_TYPES) {
            Optional<Comps> comps = read(type, in -> CompsReader.read(in));
            if (comps.isPresent()) {
                return comps;
            }
        }
        return Optional.empty();
    }

    private Capabilities capabilities(PrimaryReader.Primary primary) throws IOException, SyncFailure {
        Capabilities capabilities = Capabilities.of(primary.packages());
        read("primary", in -> PrimaryReader.read(in, capabilities.packages()));
        if (capabilities.needsFileLists()) {
            read("filelists", in -> FilesReader.read(in, capabilities.files()));
        }
        return capabilities;
    }

    /// Reads the metadata file of a type; empty when there is none.
    private <T> Optional<T> read(String type, Reader<T> reader) throws IOException, SyncFailure {
        Optional<RepomdRecord> record = repomd.record(type);
        String sha256 = metadata.get(type);
        if (record.isEmpty() || sha256 == null) {
            return Optional.empty();
        }
        try (InputStream in = records.open(record.get(), sha256)) {
            return switch (reader.read(in)) {
                case Reading.Done<T>(T value) -> Optional.of(value);
                case Reading.Refused<T>(var refusal) ->
                    throw SyncFailure.of(record.get().location(), refusal);
            };
        } catch (CodecException e) {
            throw new SyncFailure(e.reason(), record.get().location() + ": " + e.getMessage());
        }
    }
}
