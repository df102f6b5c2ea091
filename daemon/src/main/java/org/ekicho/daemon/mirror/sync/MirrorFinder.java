package org.ekicho.daemon.mirror.sync;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ekicho.host.download.Addresses;
import org.ekicho.host.download.DownloadRequest;
import org.ekicho.host.download.DownloadResult;
import org.ekicho.host.download.Downloads;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.metadata.Metalink;
import org.ekicho.mirror.metadata.MetalinkReader;
import org.ekicho.mirror.metadata.MirrorlistReader;
import org.ekicho.mirror.settings.Upstream;

/// Finds the servers of a repository: those that the admin names, then those of a metalink, then those of a mirrorlist.
record MirrorFinder(Downloads downloads, Path stage) {
    /// Fedora's metalink has 60 KB, its mirrorlist 20.
    private static final long MAX_LIST_BYTES = 4L << 20;

    /// Servers, and what repomd.xml must be where a metalink says so.
    ///
    /// @param notes what did not work on the way
    record Found(List<Mirror> mirrors, List<Metalink.Version> accepted, List<String> notes) {
        Found {
            mirrors = List.copyOf(mirrors);
            accepted = List.copyOf(accepted);
            notes = List.copyOf(notes);
        }
    }

    Found find(Upstream upstream) throws IOException, SyncFailure {
        Set<String> bases = new LinkedHashSet<>(upstream.baseUrls());
        List<String> notes = new ArrayList<>();
        List<Metalink.Version> accepted = new ArrayList<>();
        if (upstream.metalink().isPresent()) {
            try {
                Metalink metalink = read(upstream.metalink().get(), in -> MetalinkReader.read(in));
                metalink.resources().forEach(resource -> bases.add(resource.baseUrl()));
                accepted.addAll(metalink.versions());
            } catch (SyncFailure e) {
                orNote(e, bases, notes);
            }
        }
        if (upstream.mirrorlist().isPresent()) {
            try {
                bases.addAll(read(upstream.mirrorlist().get(), in -> MirrorlistReader.read(in)));
            } catch (SyncFailure e) {
                orNote(e, bases, notes);
            }
        }
        if (bases.isEmpty()) {
            throw new SyncFailure(MirrorReason.NO_MIRROR_HAS_IT, "the repository names no address to fetch from");
        }
        return new Found(bases.stream().map(Mirror::new).toList(), accepted, notes);
    }

    private static void orNote(SyncFailure failure, Set<String> bases, List<String> notes) throws SyncFailure {
        if (bases.isEmpty()) {
            throw failure;
        }
        notes.add(failure.sentence());
    }

    private interface ListReader<T> {
        Reading<T> read(ByteArrayInputStream in) throws IOException;
    }

    private <T> T read(String address, ListReader<T> reader) throws IOException, SyncFailure {
        Optional<URI> uri = Addresses.parse(address);
        if (uri.isEmpty()) {
            throw new SyncFailure(MirrorReason.UNREACHABLE, Addresses.shown(address) + " is no address");
        }
        Path file = stage.resolve("mirrors.list");
        DownloadResult result = downloads.fetch(DownloadRequest.anew(uri.get(), file, MAX_LIST_BYTES));
        if (result instanceof DownloadResult.Failed(var _, String sentence)) {
            throw new SyncFailure(MirrorReason.UNREACHABLE, sentence);
        }
        Reading<T> reading = reader.read(new ByteArrayInputStream(Files.readAllBytes(file)));
        return switch (reading) {
            case Reading.Done<T>(T value) -> value;
            case Reading.Refused<T>(var refusal) -> throw SyncFailure.of(Addresses.shown(address), refusal);
        };
    }
}
