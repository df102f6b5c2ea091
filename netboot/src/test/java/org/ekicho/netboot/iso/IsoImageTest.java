package org.ekicho.netboot.iso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ekicho.netboot.media.Images;
import org.ekicho.netboot.media.MediaFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IsoImageTest {
    private static final int SECTOR = 2_048;
    private byte[] image = new byte[0];

    @BeforeEach
    void a_sound_image() throws IOException {
        image = Images.bytes(Images.plan(MediaFile.of("boot/kernel", "k"), MediaFile.of("boot/inner/file", "f")));
    }

    @Test
    void what_is_no_image_is_refused() {
        assertRefused(new byte[0], IsoReason.NOT_ISO9660);
        assertRefused(new byte[100_000], IsoReason.NOT_ISO9660);
    }

    @Test
    void a_download_that_was_cut_short_is_refused() {
        assertRefused(Arrays.copyOf(image, 30 * SECTOR), IsoReason.SHORT);
        assertRefused(Arrays.copyOf(image, 17 * SECTOR), IsoReason.SHORT);
    }

    @Test
    void folders_within_each_other_are_refused() throws Exception {
        IsoImage iso = IsoImage.open(new BytesSource(image));
        IsoEntry.Folder boot = (IsoEntry.Folder) iso.find("boot").orElseThrow();
        IsoEntry.Folder inner = (IsoEntry.Folder) iso.find("boot/inner").orElseThrow();
        // The record of `inner` in `boot` is made to name `boot` itself.
        replaceSector(inner.extent().at() / SECTOR, boot.extent().at() / SECTOR);
        assertRefused(image, IsoReason.LOOP);
    }

    @Test
    void a_folder_of_4_gigabytes_is_refused_before_it_is_read() {
        putTop(10, 0xffff_ffffL);
        assertRefused(image, IsoReason.TOO_LONG_A_FOLDER);
    }

    @Test
    void a_folder_beyond_the_end_is_refused() {
        putTop(2, 0x7fff_ffffL);
        assertRefused(image, IsoReason.SHORT);
    }

    @Test
    void names_that_lead_out_of_their_folder_are_refused() throws Exception {
        replaceText("NM\u000b\u0001\0kernel", "NM\u000b\u0001\0../../");
        assertRefused(image, IsoReason.BAD_NAME);
    }

    @Test
    void one_name_twice_is_refused() throws IOException {
        image = Images.bytes(Images.plan(MediaFile.of("x/one", "1"), MediaFile.of("x/two", "2")));
        replaceText("NM\u0008\u0001\0two", "NM\u0008\u0001\0one");
        assertRefused(image, IsoReason.TWICE);
    }

    @Test
    void a_record_that_is_longer_than_its_folder_is_refused() throws Exception {
        IsoImage iso = IsoImage.open(new BytesSource(image));
        IsoEntry.Folder boot = (IsoEntry.Folder) iso.find("boot").orElseThrow();
        image[(int) boot.extent().at()] = 20;
        assertRefused(image, IsoReason.BAD_RECORD);
    }

    @Test
    void a_damaged_boot_catalog_is_refused() {
        image[19 * SECTOR + 31] = 0;
        assertRefused(image, IsoReason.BAD_CATALOG);
    }

    @Test
    void mutations_are_read_or_refused() {
        Random dice = new Random(17);
        for (int i = 0; i < 3_000; i++) {
            byte[] mutated = Arrays.copyOf(image, 40 * SECTOR);
            for (int flips = 1 + dice.nextInt(6); flips > 0; flips--) {
                mutated[16 * SECTOR + dice.nextInt(14 * SECTOR)] = (byte) dice.nextInt();
            }
            IsoFuzz.read(mutated);
        }
        assertThat(image).isNotEmpty();
    }

    @Test
    void without_rock_ridge_names_are_small_and_without_version() throws Exception {
        replaceText("SP\u0007\u0001\u00be\u00ef", "XX\u0007\u0001\u00be\u00ef");
        IsoImage iso = IsoImage.open(new BytesSource(image));
        assertThat(iso.find("boot/kernel")).isPresent();
        assertThat(iso.list(iso.topFolder())).extracting(IsoEntry::name).contains("boot.cat", "isolinux");
    }

    private static void assertRefused(byte[] bytes, IsoReason reason) {
        assertThatExceptionOfType(IsoRefusedException.class)
                .isThrownBy(() -> IsoImage.open(new BytesSource(bytes)).entries())
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason))
                .withMessageContaining(reason.sentence());
    }

    /// Puts 32 bits in both orders into the top folder's record.
    private void putTop(int at, long value) {
        putBoth(16 * SECTOR + 156 + at, value);
    }

    private void putBoth(int at, long value) {
        for (int i = 0; i < 4; i++) {
            image[at + i] = (byte) (value >>> (8 * i));
            image[at + 7 - i] = (byte) (value >>> (8 * i));
        }
    }

    private void replaceSector(long from, long to) {
        List<Integer> places = new ArrayList<>();
        for (int at = 20 * SECTOR; at < 40 * SECTOR; at++) {
            if ((image[at] & 0xff) == from
                    && (image[at + 7] & 0xff) == from
                    && image[at + 1] == 0
                    && image[at + 6] == 0) {
                places.add(at);
            }
        }
        assertThat(places).isNotEmpty();
        places.forEach(at -> putBoth(at, to));
    }

    private void replaceText(String from, String to) {
        String all = new String(image, StandardCharsets.ISO_8859_1);
        assertThat(all).contains(from);
        image = all.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }
}
