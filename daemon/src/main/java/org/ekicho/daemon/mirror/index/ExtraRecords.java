package org.ekicho.daemon.mirror.index;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ekicho.daemon.mirror.index.IndexSettings.Comps;
import org.ekicho.daemon.mirror.index.IndexSettings.OtherRecords;
import org.ekicho.host.files.BoundedRead;
import org.ekicho.mirror.codec.Codec;
import org.ekicho.mirror.codec.CodecException;
import org.ekicho.mirror.codec.OpenLimits;
import org.ekicho.mirror.repodata.RepomdRecord;

/// Records that are not made from packages: groups, advisories, modules, and whatever else a repository has.
final class ExtraRecords {
    /// 256 MiB packed: updateinfo.xml of large distributions has 20 MB.
    private static final int MAX_BYTES = 256 << 20;
    /// Within the first bytes of a file stands what it is.
    private static final int SNIFFED = 64 << 10;

    /// What is made from packages; it is never carried along, as it would describe other packages.
    private static final Set<String> MADE_HERE = Set.of(
            "primary",
            "filelists",
            "filelists-ext",
            "filelists_ext",
            "other",
            "primary_db",
            "filelists_db",
            "other_db",
            "primary_zck",
            "filelists_zck",
            "other_zck",
            "filelists-ext_zck",
            // They name packages by checksum, and are worth nothing without each other.
            "prestodelta",
            "deltainfo");

    /// A file that was given.
    ///
    /// @param type  of its record
    /// @param name  of its file, without codec
    /// @param start a word that stands near the beginning of every such file
    private record Kind(String type, String name, String start) {}

    private static final Kind GROUP = new Kind("group", "comps.xml", "<comps");
    private static final Kind UPDATE_INFO = new Kind("updateinfo", "updateinfo.xml", "<updates");
    private static final Kind MODULES = new Kind("modules", "modules.yaml", "document:");

    private final IndexSettings settings;
    private final List<Given> given = new ArrayList<>();

    private record Given(Kind kind, Path file, String digest) {}

    private ExtraRecords(IndexSettings settings) {
        this.settings = settings;
    }

    /// Looks at the files that were given.
    ///
    /// @throws IOException when one cannot be read or is something else
    static ExtraRecords of(IndexSettings settings) throws IOException {
        ExtraRecords extras = new ExtraRecords(settings);
        extras.look(GROUP, settings.extras().group());
        extras.look(UPDATE_INFO, settings.extras().updateInfo());
        extras.look(MODULES, settings.extras().modules());
        return extras;
    }

    private void look(Kind kind, Optional<Path> file) throws IOException {
        if (file.isEmpty()) {
            return;
        }
        byte[] content = open(file.get());
        String start = new String(content, 0, Math.min(content.length, SNIFFED), StandardCharsets.UTF_8);
        if (!start.contains(kind.start)) {
            throw new IOException(file.get() + " is no " + kind.name + ": it has no " + kind.start
                    + " near its beginning; is it the right file?");
        }
        given.add(new Given(kind, file.get(), RequestDigest.of(content)));
    }

    /// What was given, for comparison with an earlier run.
    List<String> digests() {
        return given.stream().map(g -> g.kind.type + " " + g.digest).toList();
    }

    /// Writes what was given, and takes over what is there and not given anew.
    ///
    /// @param before records that the repository has
    List<RepomdRecord> records(
            RepodataFolder folder, List<RepomdRecord> before, Optional<Instant> time, List<String> remarks)
            throws IOException {
        List<RepomdRecord> records = new ArrayList<>();
        for (Given g : given) {
            Codec codec = settings.form().codec();
            if (!g.kind.equals(GROUP)) {
                records.add(write(folder, g, g.kind.type, codec, time));
            } else if (settings.form().comps() == Comps.PACKED) {
                records.add(write(folder, g, "group", codec, time));
            } else {
                records.add(write(folder, g, "group", Codec.NONE, time));
                records.add(write(folder, g, "group_gz", Codec.GZ, time));
            }
        }
        if (settings.extras().others() == OtherRecords.KEPT) {
            Set<String> replaced = new HashSet<>();
            given.forEach(g -> replaced.addAll(family(g.kind.type)));
            for (RepomdRecord record : before) {
                if (MADE_HERE.contains(record.type()) || replaced.contains(record.type())) {
                    continue;
                }
                if (folder.has(record)) {
                    records.add(record);
                } else {
                    remarks.add("record " + record.type() + " was left out: its file " + record.location()
                            + " is not there or has another size");
                }
            }
        }
        return records;
    }

    /// A type with the forms in which the same content may be offered beside it.
    private static List<String> family(String type) {
        return List.of(type, type + "_gz", type + "_xz", type + "_zst", type + "_bz2", type + "_zck");
    }

    private RepomdRecord write(RepodataFolder folder, Given g, String type, Codec codec, Optional<Instant> time)
            throws IOException {
        byte[] content = open(g.file);
        String name = g.kind.name + codec.suffix();
        try (MetadataFile file =
                MetadataFile.create(folder.fresh(name), codec, settings.form().repomdChecksum())) {
            file.write(content, 0, content.length);
            return folder.place(file.finish(), type, name, settings.form().names(), time);
        }
    }

    private static byte[] open(Path file) throws IOException {
        byte[] bytes = BoundedRead.bytes(file, MAX_BYTES);
        Codec codec = Codec.ofMagic(Arrays.copyOf(bytes, Math.min(bytes.length, Codec.MAGIC_LENGTH)));
        try (InputStream in = codec.decompressing(
                new ByteArrayInputStream(bytes), OpenLimits.metadata().atMost(MAX_BYTES))) {
            return in.readAllBytes();
        } catch (CodecException e) {
            throw new IOException(file + ": " + e.reason().sentence() + " (" + e.getMessage() + ")", e);
        }
    }
}
