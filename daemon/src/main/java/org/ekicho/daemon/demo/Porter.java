package org.ekicho.daemon.demo;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ekicho.host.download.Bandwidth;
import org.ekicho.host.download.DownloadRequest;
import org.ekicho.host.download.DownloadResult;
import org.ekicho.host.download.DownloadSettings;
import org.ekicho.host.download.Downloads;
import org.ekicho.host.download.Traffic;
import org.ekicho.mirror.RefusedException;
import org.ekicho.mirror.codec.Codec;
import org.ekicho.mirror.codec.OpenLimits;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.metadata.MirrorlistReader;
import org.ekicho.mirror.metadata.PackageEntry;
import org.ekicho.mirror.metadata.PrimaryReader;
import org.ekicho.mirror.repodata.Repomd;
import org.ekicho.mirror.repodata.RepomdReader;
import org.ekicho.mirror.repodata.RepomdRecord;
import org.ekicho.mirror.snapshot.MirrorLayout;

/// A client of the demo's mirror: does what dnf does, and checks all that it gets.
public final class Porter implements AutoCloseable {
    /// No file of the demo is longer.
    private static final long MOST_BYTES = 1 << 20;

    private final Path folder;
    private final Downloads downloads;

    /// @param folder where it puts what it fetches
    public Porter(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        downloads = Downloads.open(DownloadSettings.of("porter/1.0", 1), Bandwidth.unlimited(), new Traffic());
    }

    /// What came of a visit.
    ///
    /// @param snapshot the address that the mirrorlist gave
    /// @param packages what was fetched, each with the checksum that the metadata promised
    public record Visit(String snapshot, List<String> packages) {
        public Visit {
            packages = List.copyOf(packages);
        }

        /// Whether a package is among them.
        public boolean has(String nevra) {
            return packages.contains(nevra);
        }
    }

    /// Fetches the mirrorlist, the metadata and every package of the first address in it.
    ///
    /// @throws IOException when anything is missing or not what the metadata says
    public Visit visit(String mirrorlist) throws IOException {
        try {
            String base;
            try (InputStream in = open(fetch(URI.create(mirrorlist), "mirrorlist"))) {
                base = MirrorlistReader.read(in).orThrow().getFirst();
            }
            Repomd repomd;
            try (InputStream in = open(fetch(URI.create(base + MirrorLayout.REPOMD), "repomd.xml"))) {
                repomd = RepomdReader.read(in).orThrow();
            }
            List<String> names = new ArrayList<>();
            RepomdRecord primary = repomd.record("primary").orElseThrow();
            Path table = checked(base, primary.location(), primary.checksum());
            try (InputStream in =
                    Codec.ofName(primary.location()).decompressing(open(table), OpenLimits.of(primary.openSize()))) {
                for (PackageEntry each : PrimaryReader.readTable(in).orThrow().packages()) {
                    checked(base, each.path().text(), each.pkgid());
                    names.add(each.nevra());
                }
            }
            return new Visit(base, names);
        } catch (RefusedException e) {
            throw new IOException(mirrorlist + ": " + e.refusal().detail(), e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        return new BufferedInputStream(Files.newInputStream(file));
    }

    private Path fetch(URI address, String name) throws IOException {
        Path target = folder.resolve(name);
        return switch (downloads.fetch(DownloadRequest.anew(address, target, MOST_BYTES))) {
            case DownloadResult.Done _ -> target;
            case DownloadResult.Failed failed -> throw new IOException(failed.sentence());
        };
    }

    private Path checked(String base, String location, Checksum promised) throws IOException {
        Path target = folder.resolve(location.substring(location.lastIndexOf('/') + 1));
        String algorithm = promised.type().algorithm();
        switch (downloads.fetch(DownloadRequest.anew(URI.create(base + location), target, MOST_BYTES, algorithm))) {
            case DownloadResult.Done done -> {
                if (!promised.hex().equals(done.digests().get(algorithm))) {
                    throw new IOException(base + location + " is not what the metadata says");
                }
            }
            case DownloadResult.Failed failed -> throw new IOException(failed.sentence());
        }
        return target;
    }

    @Override
    public void close() throws IOException {
        downloads.close();
    }
}
