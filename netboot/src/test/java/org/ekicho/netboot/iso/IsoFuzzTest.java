package org.ekicho.netboot.iso;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IsoFuzzTest {
    /// The seed has a folder, a link, a name that goes on elsewhere, and a file of two extents.
    @Test
    void the_seed_of_the_fuzzer_is_an_image_with_all_that_is_odd() throws Exception {
        IsoImage iso = IsoImage.open(new BytesSource(IsoFuzz.image(seed())));
        assertThat(iso.volume()).isEqualTo("SEED");
        assertThat(iso.bootEntries()).extracting(BootEntry::platform).containsExactly(0, 0xef);
        assertThat(iso.entries())
                .extracting(IsoEntry::path)
                .containsExactly("boot", "a-longer-name.txt", "link", "big", "ce", "boot/vmlinuz");
        assertThat(iso.find("link")).contains(new IsoEntry.Link("link", "../abc"));
        assertThat(iso.find("big"))
                .contains(new IsoEntry.File(
                        "big", List.of(new IsoEntry.Extent(23 * 2_048, 2_048), new IsoEntry.Extent(24 * 2_048, 5))));
    }

    @Test
    void mutations_of_the_seed_are_read_or_refused() throws IOException {
        byte[] seed = seed();
        Random dice = new Random(17);
        for (int i = 0; i < 20_000; i++) {
            byte[] data = Arrays.copyOf(seed, 800 + dice.nextInt(4_096 - 800));
            for (int flips = 1 + dice.nextInt(5); flips > 0; flips--) {
                data[dice.nextInt(data.length)] = (byte) dice.nextInt();
            }
            IsoFuzz.fuzzerTestOneInput(data);
        }
        assertThat(seed).isNotEmpty();
    }

    private static byte[] seed() throws IOException {
        try (InputStream in = IsoFuzzTest.class.getResourceAsStream("/golden/iso/small.seed")) {
            if (in == null) throw new IllegalStateException("no seed");
            return in.readAllBytes();
        }
    }
}
