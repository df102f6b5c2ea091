package org.ekicho.daemon.mirror.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ekicho.mirror.bundle.BundleKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleDamageTest {
    @TempDir
    private Path temp;

    private Site north;
    private Site island;
    private Path bundle;

    BundleDamageTest() {}

    @BeforeEach
    void export() throws IOException {
        north = Site.open("Nord", temp.resolve("north"));
        island = Site.open("Insel", temp.resolve("island"));
        island.trusts(north);
        north.publish(1, Map.of("a.rpm", "a", "b.rpm", "large ".repeat(900)));
        bundle = north.export(Files.createDirectory(temp.resolve("stick")), new Since.Nothing(), 1);
    }

    @Test
    void a_flipped_bit_in_any_byte_of_any_file_is_found() throws Exception {
        Site small = Site.open("Klein", temp.resolve("small"));
        small.publish(1, Map.of());
        Path one = small.export(Files.createDirectory(temp.resolve("other-stick")), new Since.Nothing(), 1);
        BundleKey key = small.secret().key();
        int tried = 0;
        for (Path file : SafeFiles.list(one)) {
            byte[] good = Files.readAllBytes(file);
            for (int at = 0; at < good.length; at++) {
                byte[] bad = good.clone();
                bad[at] ^= (byte) (1 << (at % 8));
                Files.write(file, bad);
                assertThatThrownBy(() -> BundleCheck.verify(List.of(one), Optional.of(key), t -> {}))
                        .as("%s byte %d", file.getFileName(), at)
                        .isInstanceOf(BundleRefusedException.class);
                tried++;
            }
            Files.write(file, good);
        }
        assertThat(tried).as("all bytes of manifest, signature and volume").isGreaterThan(1_000);
    }

    @Test
    void a_flipped_bit_is_found_before_anything_is_published() throws Exception {
        for (Path file : SafeFiles.list(bundle)) {
            byte[] good = Files.readAllBytes(file);
            byte[] bad = good.clone();
            bad[bad.length - 2] ^= 1;
            Files.write(file, bad);
            assertThatThrownBy(() -> island.take(bundle)).isInstanceOf(BundleRefusedException.class);
            assertThat(island.folder().snapshots().repos()).isEmpty();
            assertThat(island.desk().waiting()).isEmptyDirectory();
            Files.write(file, good);
        }
        assertThat(island.take(bundle).isComplete()).isTrue();
    }

    @Test
    void swapped_extra_truncated_and_linked_volumes_are_refused() throws Exception {
        Path one = bundle.resolve("volume-0001.ekv");
        Path two = bundle.resolve("volume-0002.ekv");
        Path aside = temp.resolve("aside");
        Files.move(one, aside);
        Files.move(two, one);
        Files.move(aside, two);
        refused("it is not volume 1 of bundle");
        Files.move(one, aside);
        Files.move(two, one);
        Files.move(aside, two);

        Path extra = bundle.resolve("volume-0003.ekv");
        Files.copy(one, extra);
        refused("has no such volume");
        Files.delete(extra);

        byte[] good = Files.readAllBytes(two);
        Files.write(two, Arrays.copyOf(good, good.length - 1));
        refused("ends too early");
        Files.write(two, Arrays.copyOf(good, good.length + 1));
        refused("follows its end");

        Files.move(two, aside, StandardCopyOption.REPLACE_EXISTING);
        Files.createSymbolicLink(two, aside);
        assertThatThrownBy(() -> island.take(bundle)).hasMessageContaining("not a regular file");
        assertThat(island.folder().snapshots().repos()).isEmpty();
    }

    @Test
    void an_unfinished_bundle_is_told_from_a_damaged_one() throws Exception {
        Files.delete(bundle.resolve("bundle.signature"));
        refused("an export writes last");
    }

    @Test
    void a_missing_volume_is_named_and_nothing_is_published() throws Exception {
        Files.delete(bundle.resolve("volume-0002.ekv"));
        ImportReport report = island.take(bundle);
        assertThat(report.published()).isEmpty();
        assertThat(report.bundles().getFirst().missing()).containsExactly(2);
        assertThat(report.waiting().getFirst().why()).contains("volume");
    }

    private void refused(String why) {
        assertThatThrownBy(() -> island.take(bundle))
                .isInstanceOf(BundleRefusedException.class)
                .hasMessageContaining(why);
    }
}
