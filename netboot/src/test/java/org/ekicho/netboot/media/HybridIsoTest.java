package org.ekicho.netboot.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ekicho.netboot.iso.BootEntry;
import org.ekicho.netboot.iso.BytesSource;
import org.ekicho.netboot.iso.IsoEntry;
import org.ekicho.netboot.iso.IsoImage;
import org.ekicho.netboot.iso.IsoRefusedException;
import org.junit.jupiter.api.Test;

class HybridIsoTest {
    private static final int SECTOR = 2_048;

    @Test
    void sector_0_holds_the_code_where_isolinux_lies_and_two_partitions() throws IOException {
        byte[] image = Images.bytes(Images.plan());
        ByteBuffer sector = ByteBuffer.wrap(image, 0, 512).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(Arrays.copyOf(image, 432)).isEqualTo(Images.numbered(432));
        assertThat(sector.getLong(432)).isEqualTo(isolinuxAt(image) / 512);
        assertThat(sector.get(446)).isEqualTo((byte) 0x80);
        assertThat(sector.get(450))
                .as("type 0: EDK2 refuses typed partitions that overlap")
                .isZero();
        assertThat(sector.getInt(454)).isZero();
        assertThat(sector.getInt(458)).isEqualTo(image.length / 512);
        assertThat(sector.get(466)).isEqualTo((byte) 0xef);
        assertThat(image.length % (1 << 20)).isZero();
        int fat = sector.getInt(470) * 512;
        assertThat(new String(image, fat + 54, 5, StandardCharsets.US_ASCII)).isEqualTo("FAT12");
        assertThat(sector.getShort(510)).isEqualTo((short) 0xaa55);
    }

    @Test
    void el_torito_names_isolinux_for_bios_and_the_fat_image_for_uefi() throws Exception {
        byte[] image = Images.bytes(Images.plan());
        IsoImage iso = IsoImage.open(new BytesSource(image));
        IsoEntry.File fat = (IsoEntry.File) iso.find("efi.img").orElseThrow();
        assertThat(iso.bootEntries())
                .containsExactly(
                        new BootEntry(BootEntry.BIOS, true, 0, isolinuxAt(image), 4),
                        new BootEntry(
                                BootEntry.UEFI,
                                true,
                                0,
                                fat.extents().getFirst().at(),
                                (int) (fat.size() / 512)));
        ByteBuffer catalog = ByteBuffer.wrap(image, 19 * SECTOR, 32).order(ByteOrder.LITTLE_ENDIAN);
        int sum = 0;
        while (catalog.hasRemaining()) {
            sum += catalog.getShort() & 0xffff;
        }
        assertThat(sum & 0xffff).isZero();
    }

    @Test
    void isolinux_is_told_where_it_lies() throws Exception {
        byte[] image = Images.bytes(Images.plan());
        int at = (int) isolinuxAt(image);
        ByteBuffer file = ByteBuffer.wrap(image, at, 5_000).slice().order(ByteOrder.LITTLE_ENDIAN);
        int sum = 0;
        for (int i = 64; i < 5_000; i += 4) {
            sum += file.getInt(i);
        }
        assertThat(file.getInt(8)).isEqualTo(16);
        assertThat(file.getInt(12)).isEqualTo(at / SECTOR);
        assertThat(file.getInt(16)).isEqualTo(5_000);
        assertThat(file.getInt(20)).isEqualTo(sum);
        assertThat(Arrays.copyOfRange(image, at + 64, at + 5_000))
                .isEqualTo(Arrays.copyOfRange(Images.numbered(5_000), 64, 5_000));
    }

    @Test
    void what_is_written_is_read_again_with_real_names() throws Exception {
        byte[] odd = Images.numbered(2_049);
        byte[] image = Images.bytes(Images.plan(
                MediaFile.of("boot/vmlinuz-6.1.0-Longer_Name.x86_64", odd),
                MediaFile.of("boot/vmlinuz-6.1.0-Longer_Other.x86_64", "other"),
                MediaFile.of(".disk/info", "Ekicho"),
                MediaFile.of("a/b/c/d/e/f/g/deep", new byte[0])));
        IsoImage iso = IsoImage.open(new BytesSource(image));
        assertThat(iso.volume()).isEqualTo("EKICHO");
        assertThat(iso.entries())
                .filteredOn(IsoEntry.File.class::isInstance)
                .extracting(IsoEntry::path)
                .containsExactlyInAnyOrder(
                        "boot/vmlinuz-6.1.0-Longer_Name.x86_64",
                        "boot/vmlinuz-6.1.0-Longer_Other.x86_64",
                        ".disk/info",
                        "a/b/c/d/e/f/g/deep",
                        "isolinux/isolinux.bin",
                        "boot.cat",
                        "efi.img");
        assertThat(content(iso, "boot/vmlinuz-6.1.0-Longer_Name.x86_64")).isEqualTo(odd);
        assertThat(content(iso, "boot/vmlinuz-6.1.0-Longer_Other.x86_64"))
                .asString()
                .isEqualTo("other");
        assertThat(content(iso, "a/b/c/d/e/f/g/deep")).isEmpty();
    }

    @Test
    void hundreds_of_files_in_a_folder_do_not_cross_sectors() throws Exception {
        MediaFile[] many = new MediaFile[300];
        for (int i = 0; i < many.length; i++) {
            many[i] = MediaFile.of("many/file-with-a-number-" + i, "content " + i);
        }
        IsoImage iso = IsoImage.open(new BytesSource(Images.bytes(Images.plan(many))));
        for (int i = 0; i < many.length; i++) {
            assertThat(content(iso, "many/file-with-a-number-" + i)).asString().isEqualTo("content " + i);
        }
    }

    @Test
    void the_same_plan_gives_the_same_bytes_in_whatever_order_files_are_named() throws IOException {
        MediaFile one = MediaFile.of("one", "1");
        MediaFile two = MediaFile.of("two", "2");
        assertThat(Images.bytes(Images.plan(one, two))).isEqualTo(Images.bytes(Images.plan(one, two)));
        assertThat(Images.bytes(Images.plan(two, one)).length).isEqualTo(Images.bytes(Images.plan(one, two)).length);
    }

    @Test
    void a_medium_for_uefi_alone_has_no_entry_for_bios() throws Exception {
        MediaPlan plan = new MediaPlan(
                "ARM", Images.MADE, List.of(), Optional.empty(), List.of(MediaFile.of("EFI/BOOT/BOOTAA64.EFI", "x")));
        assertThat(IsoImage.open(new BytesSource(Images.bytes(plan))).bootEntries())
                .extracting(BootEntry::platform)
                .containsExactly(BootEntry.UEFI);
    }

    @Test
    void a_file_that_changes_its_size_while_it_is_written_is_an_error() {
        MediaFile shorter = new MediaFile("short", 10, MediaFile.of("x", "123").opener());
        MediaFile longer = new MediaFile("long", 2, MediaFile.of("x", "123").opener());
        assertThatThrownBy(() -> Images.bytes(Images.plan(shorter))).hasMessageContaining("short ended 7 bytes early");
        assertThatThrownBy(() -> Images.bytes(Images.plan(longer))).hasMessageContaining("long has more than 2 bytes");
    }

    @Test
    void one_path_twice_and_a_file_that_is_a_folder_are_errors() {
        MediaFile file = MediaFile.of("a", "1");
        assertThatThrownBy(() -> Images.bytes(Images.plan(file, MediaFile.of("A", "2"))))
                .hasMessage("A is on the medium twice");
        assertThatThrownBy(() -> Images.bytes(Images.plan(file, MediaFile.of("a/b", "2"))))
                .hasMessage("a/b: a is a file already");
        assertThatThrownBy(() -> MediaFile.of("../a", "1")).hasMessageContaining("no path of a medium");
        assertThatThrownBy(() -> MediaFile.of("a//b", "1")).hasMessageContaining("no path of a medium");
    }

    @Test
    void sixty_megabytes_take_well_under_a_second() throws IOException {
        byte[] big = Images.numbered(60_000_000);
        long began = System.nanoTime();
        HybridIso iso = HybridIso.of(Images.plan(MediaFile.of("initrd", big)));
        long[] written = new long[1];
        iso.writeTo(new WritableByteChannel() {
            @Override
            public int write(ByteBuffer from) {
                int count = from.remaining();
                written[0] += count;
                from.position(from.limit());
                return count;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        });
        System.out.println("60 MB laid out and written in " + (System.nanoTime() - began) / 1_000_000 + " ms");
        assertThat(written[0]).isEqualTo(iso.size());
    }

    private static long isolinuxAt(byte[] image) {
        try {
            IsoImage iso = IsoImage.open(new BytesSource(image));
            return ((IsoEntry.File) iso.find("isolinux/isolinux.bin").orElseThrow())
                    .extents()
                    .getFirst()
                    .at();
        } catch (IOException | IsoRefusedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] content(IsoImage iso, String path) throws Exception {
        try (var in = iso.open((IsoEntry.File) iso.find(path).orElseThrow())) {
            return in.readAllBytes();
        }
    }
}
