package org.ekicho.netboot.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FatImageTest {
    @Test
    void names_of_8_and_3_capitals_need_no_long_entry() throws IOException {
        String image = text(List.of(MediaFile.of("EFI/BOOT/BOOTX64.EFI", "x")));
        assertThat(image).contains("BOOTX64 EFI").doesNotContain("B\0O\0O\0T");
    }

    @Test
    void other_names_have_a_short_one_and_their_own_with_its_checksum() {
        byte[] shortName = new FatNames().shortName("autoexec.ipxe");
        assertThat(shortName).asString(StandardCharsets.US_ASCII).isEqualTo("AUTOEX~1IPX");
        List<byte[]> entries = FatNames.longEntries("autoexec.ipxe", shortName);
        assertThat(entries).hasSize(1);
        byte[] entry = entries.getFirst();
        assertThat(entry[0]).isEqualTo((byte) 0x41);
        assertThat(entry[11]).isEqualTo((byte) 0x0f);
        assertThat(entry[13]).as("checksum").isEqualTo(checksum(shortName));
        assertThat(new String(entry, 1, 10, StandardCharsets.UTF_16LE)).isEqualTo("autoe");
        assertThat(new String(entry, 14, 12, StandardCharsets.UTF_16LE)).isEqualTo("xec.ip");
        assertThat(new String(entry, 28, 4, StandardCharsets.UTF_16LE)).isEqualTo("xe");
    }

    @Test
    void short_names_of_one_folder_differ() {
        FatNames names = new FatNames();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            all.add(new String(names.shortName("a-long-name-" + i + ".conf"), StandardCharsets.US_ASCII));
        }
        assertThat(all).doesNotHaveDuplicates().contains("A-LONG~9CON", "A-LON~10CON", "A-LO~100CON");
    }

    @Test
    void the_kind_follows_from_the_size() {
        assertThat(of(3_000_000).bits()).isEqualTo(12);
        assertThat(of(40_000_000).bits()).isEqualTo(16);
        assertThat(of(900_000_000).bits()).isEqualTo(32);
    }

    @Test
    void cluster_counts_stay_clear_of_the_borders_that_programs_have_wrong() {
        for (int clusters = 4_000; clusters < 4_200; clusters++) {
            FatShape shape = holding(clusters);
            assertThat(shape.clusters())
                    .isGreaterThanOrEqualTo(clusters)
                    .matches(count -> count < 4_069 || count > 4_100);
            assertThat(shape.bits()).isEqualTo(shape.clusters() < 4_085 ? 12 : 16);
        }
    }

    @Test
    void times_that_fat_does_not_know_are_refused() {
        assertThatThrownBy(() -> FatImage.of(List.of(), Instant.EPOCH)).hasMessageContaining("1980..2107, not 1970");
    }

    private static FatShape holding(long clusters) {
        return FatShape.holding(sectors -> clusters * 4 / sectors);
    }

    private static FatImage of(long bytes) {
        return FatImage.of(List.of(new MediaFile("big", bytes, InputStream::nullInputStream)), Images.MADE);
    }

    private static String text(List<MediaFile> files) throws IOException {
        return new String(Images.bytes(FatImage.of(files, Images.MADE)), StandardCharsets.ISO_8859_1);
    }

    // The specification's own words: rotate right, add.
    private static byte checksum(byte[] shortName) {
        int sum = 0;
        for (byte each : shortName) {
            sum = (((sum & 1) == 1 ? 0x80 : 0) + (sum >> 1) + (each & 0xff)) & 0xff;
        }
        return (byte) sum;
    }
}
