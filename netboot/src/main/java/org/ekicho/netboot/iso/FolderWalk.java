package org.ekicho.netboot.iso;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One walk through the folders of an image, with the limits that keep a hostile one from taking for ever.
final class FolderWalk {
    /// Entries of an image; the fullest media of distributions have some 30,000.
    static final int MAX_ENTRIES = 200_000;
    /// Bytes of one folder: 40,000 long names.
    static final int MAX_FOLDER_BYTES = 8 << 20;
    /// Bytes of all folders; folders that overlap each other are read again and again.
    static final long MAX_ALL_BYTES = 64L << 20;
    /// Folders within folders. ISO9660 has 8, Rock Ridge lifts that; trees of packages have about 10.
    static final int MAX_DEPTH = 40;

    private final SectorReader reader;
    private final IsoNaming naming;
    private long bytesRead;

    FolderWalk(SectorReader reader, IsoNaming naming) {
        this.reader = reader;
        this.naming = naming;
    }

    /// Everything below a folder.
    List<IsoEntry> all(IsoEntry.Folder top) throws IOException, IsoRefusedException {
        List<IsoEntry> all = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        Deque<IsoEntry.Folder> waiting = new ArrayDeque<>(List.of(top));
        while (!waiting.isEmpty()) {
            IsoEntry.Folder folder = waiting.removeFirst();
            if (!seen.add(folder.extent().at())) throw refused(IsoReason.LOOP, folder);
            if (folder.path().chars().filter(c -> c == '/').count() >= MAX_DEPTH) {
                throw refused(IsoReason.TOO_DEEP, folder);
            }
            for (IsoEntry entry : list(folder)) {
                if (all.size() == MAX_ENTRIES) throw refused(IsoReason.TOO_MANY, folder);
                all.add(entry);
                if (entry instanceof IsoEntry.Folder inner) waiting.add(inner);
            }
        }
        return all;
    }

    /// What lies in one folder.
    List<IsoEntry> list(IsoEntry.Folder folder) throws IOException, IsoRefusedException {
        long bytes = folder.extent().bytes();
        bytesRead += bytes;
        if (bytes > MAX_FOLDER_BYTES || bytesRead > MAX_ALL_BYTES) throw refused(IsoReason.TOO_LONG_A_FOLDER, folder);
        List<byte[]> records =
                FolderRecords.of(reader.read(folder.extent().at(), (int) bytes, shown(folder)), shown(folder));
        List<IsoEntry> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<IsoEntry.Extent> extents = new ArrayList<>();
        for (int i = 2; i < records.size(); i++) {
            byte[] record = records.get(i);
            if ((FolderRecords.flags(record) & FolderRecords.ASSOCIATED) != 0) continue;
            IsoEntry.Extent extent = FolderRecords.extentOf(record);
            extents.add(extent);
            if ((FolderRecords.flags(record) & FolderRecords.GOES_ON) != 0) continue;
            Optional<IsoEntry> entry = entry(folder, record, extents);
            extents.clear();
            if (entry.isEmpty()) continue;
            if (!names.add(entry.get().name())) throw refused(IsoReason.TWICE, folder);
            entries.add(entry.get());
        }
        return entries;
    }

    private Optional<IsoEntry> entry(IsoEntry.Folder above, byte[] record, List<IsoEntry.Extent> extents)
            throws IOException, IsoRefusedException {
        RockRidge fields = naming instanceof IsoNaming.WithRockRidge rockRidge
                ? RockRidge.read(reader, record, FolderRecords.fieldsAt(record), rockRidge.skip(), shown(above))
                : RockRidge.NOTHING;
        if (fields.moved()) return Optional.empty();
        String name = fields.name().orElseGet(() -> naming.name(FolderRecords.identifier(record)));
        if (!isSound(name)) throw refused(IsoReason.BAD_NAME, above);
        String path = above.path().isEmpty() ? name : above.path() + "/" + name;
        if (fields.linkTarget().isPresent()) {
            return Optional.of(new IsoEntry.Link(path, fields.linkTarget().get()));
        }
        if (fields.movedTo() >= 0) return Optional.of(moved(path, fields.movedTo() * SectorReader.SECTOR));
        if ((FolderRecords.flags(record) & FolderRecords.FOLDER) != 0) {
            return Optional.of(new IsoEntry.Folder(path, extents.getLast()));
        }
        for (IsoEntry.Extent extent : extents) {
            // An empty file's sector may be anything.
            if (extent.bytes() > 0 && !reader.holds(extent.at(), extent.bytes())) {
                throw new IsoRefusedException(IsoReason.SHORT, "/" + path);
            }
        }
        return Optional.of(new IsoEntry.File(path, extents));
    }

    /// A folder whose place was too deep for ISO9660; its own first record says how long it is.
    private IsoEntry moved(String path, long at) throws IOException, IsoRefusedException {
        byte[] dot = reader.read(at, FolderRecords.FIRST_FIELD, "/" + path);
        return new IsoEntry.Folder(
                path, new IsoEntry.Extent(at, FolderRecords.extentOf(dot).bytes()));
    }

    private static boolean isSound(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(c -> c < ' ' || c == '/' || c == '\\' || c == 0x7f);
    }

    private static IsoRefusedException refused(IsoReason reason, IsoEntry.Folder folder) {
        return new IsoRefusedException(reason, shown(folder));
    }

    private static String shown(IsoEntry.Folder folder) {
        return "/" + folder.path();
    }
}
