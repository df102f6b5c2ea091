package org.ekicho.netboot.iso;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ekicho.wire.BigEndian;
import org.jspecify.annotations.Nullable;

/// An ISO9660 image (ECMA-119): its volume, files and ways to boot. Names are Rock Ridge's, else Joliet's,
/// else the plain ones in small letters without version. No file is mounted; nothing in the image is trusted.
public final class IsoImage {
    /// Volume descriptors; real images have three or four.
    private static final int MAX_DESCRIPTORS = 64;
    /// Boot entries; the largest catalog of a real medium has four.
    private static final int MAX_BOOT_ENTRIES = 64;

    private static final int FIRST_DESCRIPTOR = 16;
    private static final int PRIMARY = 1;
    private static final int SUPPLEMENTARY = 2;
    private static final int BOOT = 0;
    private static final int END = 255;
    private static final int TOP_RECORD = 156;

    private static final int ENTRY = 32;
    private static final int BOOTABLE = 0x88;
    private static final int HEADER = 0x90;
    private static final int LAST_HEADER = 0x91;
    private static final int EXTENSION = 0x44;

    private final SectorReader reader;
    private final String volume;
    private final byte[] topRecord;
    private final IsoNaming naming;
    private final List<BootEntry> bootEntries;

    private IsoImage(
            SectorReader reader, String volume, byte[] topRecord, IsoNaming naming, List<BootEntry> bootEntries) {
        this.reader = reader;
        this.volume = volume;
        this.topRecord = topRecord;
        this.naming = naming;
        this.bootEntries = bootEntries;
    }

    /// Reads the descriptors.
    ///
    /// @throws IsoRefusedException if this is no ISO9660 image, or a damaged one
    public static IsoImage open(IsoSource source) throws IOException, IsoRefusedException {
        SectorReader reader = new SectorReader(source);
        byte @Nullable [] primary = null;
        byte @Nullable [] joliet = null;
        long catalog = -1;
        for (int i = 0; i < MAX_DESCRIPTORS; i++) {
            long at = (FIRST_DESCRIPTOR + (long) i) * SectorReader.SECTOR;
            if (i == 0 && !reader.holds(at, SectorReader.SECTOR)) {
                throw new IsoRefusedException(IsoReason.NOT_ISO9660, "the image");
            }
            byte[] descriptor = reader.read(at, SectorReader.SECTOR, "the volume descriptors");
            if (!new String(descriptor, 1, 5, StandardCharsets.ISO_8859_1).equals("CD001")) {
                throw new IsoRefusedException(IsoReason.NOT_ISO9660, "the image");
            }
            int type = BigEndian.u8(descriptor, 0);
            if (type == END) break;
            if (type == PRIMARY && primary == null) primary = descriptor;
            if (type == SUPPLEMENTARY && isJoliet(descriptor)) joliet = descriptor;
            if (type == BOOT && text(descriptor, 7, 32).equals("EL TORITO SPECIFICATION")) {
                catalog = SectorReader.low32(descriptor, 71) * SectorReader.SECTOR;
            }
        }
        if (primary == null) throw new IsoRefusedException(IsoReason.NOT_ISO9660, "the image");
        if (SectorReader.low16(primary, 128) != SectorReader.SECTOR) {
            throw new IsoRefusedException(IsoReason.BAD_DESCRIPTOR, "the volume descriptor");
        }
        return named(reader, primary, joliet, catalog < 0 ? List.of() : catalog(reader, catalog));
    }

    private static IsoImage named(
            SectorReader reader, byte[] primary, byte @Nullable [] joliet, List<BootEntry> bootEntries)
            throws IOException, IsoRefusedException {
        String volume = text(primary, 40, 32);
        byte[] top = topRecord(primary);
        long at = SectorReader.low32(top, 2) * SectorReader.SECTOR;
        byte[] dot = reader.read(at, SectorReader.SECTOR, "the top folder");
        Optional<Integer> skip = RockRidge.skipOf(dot, FolderRecords.FIRST_FIELD);
        if (skip.isPresent()) {
            return new IsoImage(reader, volume, top, new IsoNaming.WithRockRidge(skip.get()), bootEntries);
        }
        return joliet == null
                ? new IsoImage(reader, volume, top, new IsoNaming.Plain(), bootEntries)
                : new IsoImage(reader, volume, topRecord(joliet), new IsoNaming.Joliet(), bootEntries);
    }

    /// The volume's name: `CentOS-7-x86_64-dvd`.
    public String volume() {
        return volume;
    }

    /// How firmware may start it; empty when it does not boot.
    public List<BootEntry> bootEntries() {
        return bootEntries;
    }

    /// Every folder, file and link, each folder before what is in it; in the order of the image otherwise.
    ///
    /// @throws IsoRefusedException if the folders are damaged or made to do harm
    public List<IsoEntry> entries() throws IOException, IsoRefusedException {
        return new FolderWalk(reader, naming).all(topFolder());
    }

    /// What one folder holds.
    public List<IsoEntry> list(IsoEntry.Folder folder) throws IOException, IsoRefusedException {
        return new FolderWalk(reader, naming).list(folder);
    }

    /// The folder that holds all others.
    public IsoEntry.Folder topFolder() {
        return new IsoEntry.Folder("", FolderRecords.extentOf(topRecord));
    }

    /// The entry of a path such as `images/pxeboot/vmlinuz`; letters count. Symbolic links are not followed.
    public Optional<IsoEntry> find(String path) throws IOException, IsoRefusedException {
        IsoEntry at = topFolder();
        for (String part : path.split("/", -1)) {
            if (!(at instanceof IsoEntry.Folder folder)) return Optional.empty();
            Optional<IsoEntry> next = list(folder).stream()
                    .filter(entry -> entry.name().equals(part))
                    .findFirst();
            if (next.isEmpty()) return next;
            at = next.get();
        }
        return Optional.of(at);
    }

    /// A file's bytes.
    public InputStream open(IsoEntry.File file) {
        return new ExtentStream(reader, file.extents());
    }

    private static byte[] topRecord(byte[] descriptor) throws IsoRefusedException {
        byte[] record = new byte[FolderRecords.FIRST_FIELD];
        System.arraycopy(descriptor, TOP_RECORD, record, 0, record.length);
        if (BigEndian.u8(record, 0) < record.length || (record[25] & FolderRecords.FOLDER) == 0) {
            throw new IsoRefusedException(IsoReason.BAD_DESCRIPTOR, "the top folder");
        }
        return record;
    }

    // Escape sequences for UCS-2 levels 1 to 3 (Joliet Specification).
    private static boolean isJoliet(byte[] descriptor) {
        return Set.of("%/@", "%/C", "%/E").contains(new String(descriptor, 88, 3, StandardCharsets.ISO_8859_1));
    }

    private static String text(byte[] bytes, int at, int length) {
        String text = new String(bytes, at, length, StandardCharsets.ISO_8859_1);
        return text.replaceAll("[\\x00-\\x1f\\x7f-\\x9f]", " ").strip();
    }

    private static List<BootEntry> catalog(SectorReader reader, long at) throws IOException, IsoRefusedException {
        byte[] catalog = reader.read(at, SectorReader.SECTOR, "the boot catalog");
        if (catalog[0] != 1 || (catalog[30] & 0xff) != 0x55 || (catalog[31] & 0xff) != 0xaa) {
            throw new IsoRefusedException(IsoReason.BAD_CATALOG, "the boot catalog");
        }
        List<BootEntry> entries = new ArrayList<>();
        entries.add(entry(catalog, 32, BigEndian.u8(catalog, 1)));
        int next = 64;
        int header = BigEndian.u8(catalog, next);
        while (header == HEADER || header == LAST_HEADER) {
            int platform = BigEndian.u8(catalog, next + 1);
            int count = SectorReader.low16(catalog, next + 2);
            next += ENTRY;
            for (int i = 0; i < count && next + ENTRY <= catalog.length; next += ENTRY) {
                // What an entry has not room for goes on in entries of its own.
                if (BigEndian.u8(catalog, next) == EXTENSION) continue;
                if (entries.size() == MAX_BOOT_ENTRIES) return List.copyOf(entries);
                entries.add(entry(catalog, next, platform));
                i++;
            }
            if (header == LAST_HEADER || next + ENTRY > catalog.length) break;
            header = BigEndian.u8(catalog, next);
        }
        return List.copyOf(entries);
    }

    private static BootEntry entry(byte[] catalog, int at, int platform) {
        return new BootEntry(
                platform,
                BigEndian.u8(catalog, at) == BOOTABLE,
                BigEndian.u8(catalog, at + 1) & 0x0f,
                SectorReader.low32(catalog, at + 8) * SectorReader.SECTOR,
                SectorReader.low16(catalog, at + 6));
    }
}
