package org.ekicho.netboot.media;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// The folders of an ISO9660 file system with Rock Ridge names: their records and the path tables (ECMA-119
/// §9.1, §9.4; IEEE P1282 for the names).
final class IsoFolders {
    private static final int FIXED = 33;
    /// `SP` says that Rock Ridge is here, `ER` says it in full.
    private static final int ROOT_MARKS = 7 + 18;
    /// `PX`: mode, links, owner, group; without them all files would be unreadable or all programs.
    private static final int PX = 36;
    private static final int NM = 5;
    /// Flags of a directory record.
    private static final int FOLDER = 2;
    private static final int FILE = 0;
    private static final int FILE_MODE = 0100444;
    private static final int FOLDER_MODE = 0040555;

    /// Which byte of a path table's numbers comes first.
    enum PathOrder {
        LOW_FIRST,
        HIGH_FIRST
    }

    private record Child(String identifier, String name, FolderTree.Node node) {}

    private record Placed(FolderTree.Folder folder, int parent, String identifier, List<Child> children) {}

    private final List<Placed> folders = new ArrayList<>();
    private final IdentityHashMap<FolderTree.Folder, Integer> numbers = new IdentityHashMap<>();
    private final List<Long> sectors = new ArrayList<>();
    private final OffsetDateTime made;

    IsoFolders(FolderTree tree, OffsetDateTime made) {
        this.made = made;
        folders.add(placed(tree.top(), 0, "\0"));
        // Breadth first, and by identifier within a folder: the order that path tables must have.
        for (int i = 0; i < folders.size(); i++) {
            for (Child child : folders.get(i).children()) {
                if (child.node() instanceof FolderTree.Folder folder) {
                    folders.add(placed(folder, i, child.identifier()));
                }
            }
        }
    }

    private static Placed placed(FolderTree.Folder folder, int parent, String identifier) {
        IsoNames names = new IsoNames();
        List<Child> children = new ArrayList<>();
        folder.content()
                .forEach((name, node) -> children.add(new Child(
                        node instanceof FolderTree.Folder ? names.folder(name) : names.file(name), name, node)));
        children.sort(Comparator.comparing(Child::identifier));
        return new Placed(folder, parent, identifier, List.copyOf(children));
    }

    /// Gives each folder its sectors.
    ///
    /// @return the first sector behind them
    long layFrom(long first) {
        long next = first;
        for (int i = 0; i < folders.size(); i++) {
            sectors.add(next);
            next += Fields.sectors(sizeOf(i));
        }
        for (int i = 0; i < folders.size(); i++) {
            numbers.put(folders.get(i).folder(), i);
        }
        return next;
    }

    /// All folders' records, from the first folder's sector on.
    ///
    /// @param fileSectors where each file lies, by its path
    byte[] records(Map<String, Long> fileSectors) {
        long first = sectors.getFirst();
        long bytes = 0;
        for (int i = 0; i < folders.size(); i++) {
            bytes += sizeOf(i);
        }
        Fields out = new Fields(Math.toIntExact(bytes));
        for (int i = 0; i < folders.size(); i++) {
            int at = (int) (sectors.get(i) - first) * Fields.SECTOR;
            Placed folder = folders.get(i);
            at = put(out, at, dot("\0", i, i == 0 ? ROOT_MARKS : 0));
            at = put(out, at, dot("\1", folder.parent(), 0));
            for (Child child : folder.children()) {
                at = put(out, at, record(child, fileSectors));
            }
        }
        return out.bytes();
    }

    /// The top folder's own record, which the volume descriptor repeats.
    byte[] topRecord() {
        return record("\0", 0, sectors.getFirst(), sizeOf(0), FOLDER).bytes();
    }

    /// A path table, of which a CD has one for each kind of machine.
    byte[] pathTable(PathOrder order) {
        Fields out = new Fields(pathTableSize());
        int at = 0;
        for (int i = 0; i < folders.size(); i++) {
            byte[] identifier = ascii(folders.get(i).identifier());
            int parent = folders.get(i).parent() + 1;
            out.put8(at, identifier.length).put(at + 8, identifier);
            switch (order) {
                case LOW_FIRST -> out.put32(at + 2, sectors.get(i)).put16(at + 6, parent);
                case HIGH_FIRST ->
                    out.put32High(at + 2, sectors.get(i))
                            .put8(at + 6, parent >>> 8)
                            .put8(at + 7, parent);
            }
            at += 8 + even(identifier.length);
        }
        return out.bytes();
    }

    int pathTableSize() {
        int bytes = 0;
        for (Placed folder : folders) {
            bytes += 8 + even(folder.identifier().length());
        }
        return bytes;
    }

    private long sizeOf(int folder) {
        int at = FIXED + 1 + ROOT_MARKS + PX;
        at = even(at) + FIXED + 1 + PX;
        for (Child child : folders.get(folder).children()) {
            at = start(at, length(child)) + length(child);
        }
        return Fields.sectors(at) * Fields.SECTOR;
    }

    private static int length(Child child) {
        return even(fixed(child.identifier()) + PX + NM + child.name().length());
    }

    private static int fixed(String identifier) {
        return FIXED + identifier.length() + (identifier.length() % 2 == 0 ? 1 : 0);
    }

    // A record never lies in two sectors (ECMA-119 §6.8.1.1).
    private static int start(int at, int length) {
        int room = Fields.SECTOR - at % Fields.SECTOR;
        return length <= room ? at : at + room;
    }

    private static int put(Fields out, int at, Fields record) {
        int start = start(at, record.size());
        out.put(start, record.bytes());
        return start + record.size();
    }

    private Fields dot(String identifier, int target, int marks) {
        Fields out = record(identifier, marks + PX, sectors.get(target), sizeOf(target), FOLDER);
        int at = FIXED + 1;
        if (marks > 0) {
            out.put(at, ascii("SP")).put8(at + 2, 7).put8(at + 3, 1);
            out.put8(at + 4, 0xbe).put8(at + 5, 0xef);
            out.put(at + 7, ascii("ER")).put8(at + 9, 18).put8(at + 10, 1);
            out.put8(at + 11, 10).put8(at + 14, 1).put(at + 15, ascii("RRIP_1991A"));
        }
        mode(out, at + marks, FOLDER_MODE);
        return out;
    }

    private Fields record(Child child, Map<String, Long> fileSectors) {
        int extra = length(child) - fixed(child.identifier());
        Fields out = switch (child.node()) {
            case FolderTree.Folder folder -> {
                int number = numbers.getOrDefault(folder, 0);
                yield record(child.identifier(), extra, sectors.get(number), sizeOf(number), FOLDER);
            }
            case FolderTree.Leaf leaf -> {
                MediaFile file = leaf.file();
                yield record(child.identifier(), extra, fileSectors.getOrDefault(file.path(), 0L), file.size(), FILE);
            }
        };
        int at = fixed(child.identifier());
        mode(out, at, child.node() instanceof FolderTree.Folder ? FOLDER_MODE : FILE_MODE);
        out.put(at + PX, ascii("NM")).put8(at + PX + 2, (NM + child.name().length()));
        out.put8(at + PX + 3, 1).put(at + PX + NM, ascii(child.name()));
        return out;
    }

    private static void mode(Fields out, int at, int mode) {
        out.put(at, ascii("PX")).put8(at + 2, PX).put8(at + 3, 1);
        out.both32(at + 4, mode);
        out.both32(at + 12, 1);
    }

    private Fields record(String identifier, int extra, long sector, long size, int flags) {
        int length = even(fixed(identifier) + extra);
        Fields out = new Fields(length);
        out.put8(0, length);
        out.both32(2, sector);
        out.both32(10, size);
        out.shortDate(18, made);
        out.put8(25, flags);
        out.both16(28, 1);
        out.put8(32, identifier.length());
        out.put(FIXED, ascii(identifier));
        return out;
    }

    private static int even(int number) {
        return number + number % 2;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
