package org.ekicho.netboot.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/// One image that is a CD and a disk: ISO9660 with Rock Ridge names, El Torito entries for BIOS and UEFI, and
/// a partition
/// table in the sector that CDs leave free. The same plan gives the same bytes.
///
/// ```text
/// 0       sector 0 of a disk ([HybridSector])
/// 16..18  volume descriptor, boot record, end
/// 19      boot catalog
/// 20..    path tables, folders, files, among them the FAT image
/// ```
public final class HybridIso {
    /// What the boot catalog and the FAT image are called on the medium.
    private static final String CATALOG_NAME = "boot.cat";

    private static final String FAT_NAME = "efi.img";
    private static final int CATALOG_SECTOR = 19;
    /// isolinux.bin has 38 KiB.
    private static final int MAX_ISOLINUX = 1 << 20;
    /// Sticks and firmware like whole mebibytes, as isohybrid makes them.
    private static final long ALIGNMENT = 1 << 20;

    private final ImageParts image = new ImageParts();

    private HybridIso() {}

    /// Lays a medium out; reads isolinux.bin and the code of sector 0, but no other file.
    ///
    /// @throws IOException              when those two cannot be read or are not what they should be
    /// @throws IllegalArgumentException when two files have one path, or isolinux.bin is missing
    public static HybridIso of(MediaPlan plan) throws IOException {
        HybridIso iso = new HybridIso();
        iso.lay(plan);
        return iso;
    }

    /// Bytes that [#writeTo] will write: whole mebibytes.
    public long size() {
        return image.size();
    }

    /// Writes the image in one pass.
    ///
    /// @throws IOException by the channel or a file's opener, and when a file has other than its size in
    ///                     bytes by
    public void writeTo(WritableByteChannel out) throws IOException {
        image.writeTo(out);
    }

    private void lay(MediaPlan plan) throws IOException {
        OffsetDateTime made = plan.made().atOffset(ZoneOffset.UTC);
        List<MediaFile> files = new ArrayList<>(plan.files());
        files.add(MediaFile.of(CATALOG_NAME, new byte[ElTorito.CATALOG]));
        ImageParts fat = plan.uefi().isEmpty()
                ? new ImageParts()
                : FatImage.of(plan.uefi(), plan.made()).parts();
        if (fat.size() > 0) {
            files.add(new MediaFile(FAT_NAME, fat.size(), HybridIso::inPlace));
        }
        IsoFolders folders = new IsoFolders(new FolderTree(files), made);
        long tables = CATALOG_SECTOR + 1L;
        long tableSectors = Fields.sectors(folders.pathTableSize());
        long folderSector = tables + 2 * tableSectors;
        Map<String, Long> sectors = new HashMap<>(Map.of(CATALOG_NAME, (long) CATALOG_SECTOR));
        long next = folders.layFrom(folderSector);
        for (MediaFile file : files) {
            if (sectors.putIfAbsent(file.path(), next) == null) next += Fields.sectors(file.size());
        }
        long size = roundedUp(next * Fields.SECTOR);

        long fatSector = sectors.getOrDefault(FAT_NAME, 0L);
        HybridSector first = new HybridSector(diskNumber(plan));
        first.whole(size);
        if (fat.size() > 0) first.fat(fatSector * Fields.SECTOR, fat.size());
        ElTorito catalog = new ElTorito();
        Map<String, MediaFile> changed = new HashMap<>();
        if (plan.bios().isPresent()) {
            MediaFile isolinux = isolinux(plan.bios().get(), plan.files(), sectors);
            changed.put(isolinux.path(), isolinux);
            long sector = sectors.getOrDefault(isolinux.path(), 0L);
            first.code(plan.bios().get().sector().read(HybridSector.MAX_CODE), sector);
            catalog.bios(sector);
        }
        if (fat.size() > 0) catalog.uefi(fatSector, fat.size());

        put(0, first.bytes());
        put(16, volume(plan, made, folders, size, tables, tableSectors));
        put(17, bootRecord());
        put(18, end());
        put(CATALOG_SECTOR, catalog.bytes());
        put(tables, folders.pathTable(IsoFolders.PathOrder.LOW_FIRST));
        put(tables + tableSectors, folders.pathTable(IsoFolders.PathOrder.HIGH_FIRST));
        put(folderSector, folders.records(sectors));
        for (MediaFile file : files) {
            long at = sectors.getOrDefault(file.path(), 0L) * Fields.SECTOR;
            if (file.path().equals(FAT_NAME)) image.put(at, fat);
            else if (!file.path().equals(CATALOG_NAME)) image.put(at, changed.getOrDefault(file.path(), file));
        }
        image.padTo(size);
    }

    private void put(long sector, byte[] bytes) {
        image.put(sector * Fields.SECTOR, bytes);
    }

    private static InputStream inPlace() {
        throw new IllegalStateException("the FAT image is put in parts");
    }

    private static MediaFile isolinux(MediaPlan.BiosStart bios, List<MediaFile> files, Map<String, Long> sectors)
            throws IOException {
        MediaFile file = files.stream()
                .filter(each -> each.path().equals(bios.isolinux()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(bios.isolinux() + " is not on the medium"));
        byte[] code = file.read(MAX_ISOLINUX);
        if (code.length < Fields.SECTOR) {
            throw new IOException(file.path() + " has " + code.length + " bytes: that is no isolinux.bin");
        }
        return MediaFile.of(file.path(), ElTorito.withTable(code, sectors.getOrDefault(file.path(), 0L)));
    }

    private static byte[] volume(
            MediaPlan plan, OffsetDateTime made, IsoFolders folders, long size, long tables, long tableSectors) {
        Fields out = descriptor(1);
        out.text(8, 32, "");
        out.text(40, 32, plan.volume());
        out.both32(80, size / Fields.SECTOR);
        out.both16(120, 1);
        out.both16(124, 1);
        out.both16(128, Fields.SECTOR);
        out.both32(132, folders.pathTableSize());
        out.put32(140, tables);
        out.put32High(148, tables + tableSectors);
        out.put(156, folders.topRecord());
        out.text(190, 623, "");
        out.text(574, 128, "EKICHO");
        out.longDate(813, made);
        out.longDate(830, made);
        out.noDate(847);
        out.noDate(864);
        out.put8(881, 1);
        return out.bytes();
    }

    private static byte[] bootRecord() {
        Fields out = descriptor(0);
        out.put(7, "EL TORITO SPECIFICATION".getBytes(StandardCharsets.US_ASCII));
        out.put32(71, CATALOG_SECTOR);
        return out.bytes();
    }

    private static byte[] end() {
        return descriptor(0xff).bytes();
    }

    private static Fields descriptor(int type) {
        Fields out = new Fields(Fields.SECTOR);
        out.put8(0, type).put(1, "CD001".getBytes(StandardCharsets.US_ASCII)).put8(6, 1);
        return out;
    }

    private static long roundedUp(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private static int diskNumber(MediaPlan plan) {
        CRC32 sum = new CRC32();
        sum.update((plan.volume() + plan.made()).getBytes(StandardCharsets.US_ASCII));
        return (int) sum.getValue();
    }
}
