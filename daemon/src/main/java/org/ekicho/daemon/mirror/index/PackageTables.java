package org.ekicho.daemon.mirror.index;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ekicho.daemon.mirror.index.IndexSettings.FileListsExt;
import org.ekicho.daemon.mirror.index.IndexSettings.Form;
import org.ekicho.mirror.codec.OpenLimits;
import org.ekicho.mirror.repodata.MetadataRoots;
import org.ekicho.mirror.repodata.RepomdRecord;

/// primary, filelists and other while they are written, each by a lane of its own.
final class PackageTables implements Closeable {
    private static final byte[] LOCATION = "  <location href=\"".getBytes(StandardCharsets.US_ASCII);

    /// Shorter blocks than this are only packed where one is cut off, since each packs as if nothing came before it.
    private static final int LEAST_BLOCK_BYTES = 64 << 10;

    private final Form form;
    private final RepodataFolder folder;
    private final PackedBlocks known;
    private final Map<String, List<PackedBlocks.Block>> blocks = new LinkedHashMap<>();
    private final long expected;
    private final byte[] base;
    private final List<Lane> lanes = new ArrayList<>();
    private long packages;

    private PackageTables(Form form, RepodataFolder folder, PackedBlocks known, long expected) {
        this.form = form;
        this.folder = folder;
        this.known = known;
        this.expected = expected;
        this.base = form.locations()
                .base()
                .map(url ->
                        ("  <location xml:base=\"" + attribute(url) + "\" href=\"").getBytes(StandardCharsets.UTF_8))
                .orElse(LOCATION);
    }

    /// @param known    blocks that need not be packed again
    /// @param expected how many packages there will be; when there are others in the end, the files are
    ///     written again
    static PackageTables start(Form form, RepodataFolder folder, PackedBlocks known, long expected) throws IOException {
        PackageTables tables = new PackageTables(form, folder, known, expected);
        try {
            for (MetadataRoots root : Fragments.ORDER) {
                if (root != MetadataRoots.FILELISTS_EXT || form.tables().fileListsExt() == FileListsExt.WRITTEN) {
                    Lane lane = Lane.start(root.type(), tables.create(tables.name(root)));
                    tables.lanes.add(lane);
                    byte[] header = root.header(expected);
                    lane.write(header, 0, header.length);
                    lane.cut(1);
                }
            }
        } catch (IOException | RuntimeException e) {
            tables.close();
            throw e;
        }
        return tables;
    }

    void add(Fragments fragments) throws IOException {
        packages++;
        for (int i = 0; i < lanes.size(); i++) {
            int from = fragments.start(i);
            if (i == 0 && form.locations().base().isPresent()) {
                int at = find(fragments.bytes(), fragments.end(0));
                lanes.get(0).write(fragments.bytes(), from, at - from);
                lanes.get(0).write(base, 0, base.length);
                from = at + LOCATION.length;
            }
            lanes.get(i).write(fragments.bytes(), from, fragments.end(i) - from);
            lanes.get(i).cut(fragments.isLandmark() ? LEAST_BLOCK_BYTES : Lane.MOST_BYTES);
        }
    }

    /// Ends the files and gives them their names.
    List<RepomdRecord> finish(Optional<Instant> time) throws IOException {
        List<RepomdRecord> records = new ArrayList<>();
        List<MetadataFile.Written> written = new ArrayList<>();
        for (int i = 0; i < lanes.size(); i++) {
            byte[] footer = Fragments.ORDER[i].footer();
            lanes.get(i).write(footer, 0, footer.length);
            lanes.get(i).end();
        }
        for (Lane lane : lanes) {
            written.add(lane.finish());
        }
        for (int i = 0; i < lanes.size(); i++) {
            MetadataRoots root = Fragments.ORDER[i];
            MetadataFile.Written file = packages == expected ? written.get(i) : recounted(root, written.get(i));
            RepomdRecord record = folder.place(file, root.type(), name(root), form.names(), time);
            records.add(record);
            blocks.put(record.location(), file.blocks());
        }
        return records;
    }

    /// Which blocks the files have, by location, once they are finished.
    Map<String, List<PackedBlocks.Block>> blocks() {
        return Map.copyOf(blocks);
    }

    private MetadataFile create(String name) throws IOException {
        return MetadataFile.inBlocks(folder.fresh(name), form.codec(), form.repomdChecksum(), known);
    }

    private String name(MetadataRoots root) {
        return root.type() + ".xml" + form.codec().suffix();
    }

    /// The file again with the right number of packages in its root. Some could not be read for the first
    /// time: that is rare, and remembered in the cache.
    private MetadataFile.Written recounted(MetadataRoots root, MetadataFile.Written wrong) throws IOException {
        Path file = wrong.file();
        try (InputStream packed = Files.newInputStream(file);
                InputStream in = form.codec().decompressing(packed, OpenLimits.exactly(wrong.openSize()));
                MetadataFile again = create("again-" + name(root))) {
            in.skipNBytes(root.header(expected).length);
            byte[] header = root.header(packages);
            again.write(header, 0, header.length);
            // The same blocks again, so that the file is the one that a run writes who knew the number.
            for (PackedBlocks.Block block : wrong.blocks().stream().skip(1).toList()) {
                again.write(in.readNBytes(block.open()), 0, block.open());
            }
            byte[] block = new byte[128 << 10];
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                again.write(block, 0, n);
            }
            Files.delete(file);
            return again.finish();
        }
    }

    private static int find(byte[] bytes, int end) {
        for (int i = 0; i <= end - LOCATION.length; i++) {
            if (Arrays.equals(bytes, i, i + LOCATION.length, LOCATION, 0, LOCATION.length)) {
                return i;
            }
        }
        throw new IllegalStateException("a package without a location");
    }

    private static String attribute(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    @Override
    public void close() throws IOException {
        for (Lane lane : lanes) {
            lane.close();
        }
    }
}
