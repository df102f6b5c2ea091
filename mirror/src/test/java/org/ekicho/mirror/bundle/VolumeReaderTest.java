package org.ekicho.mirror.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ekicho.mirror.RefusedException;
import org.junit.jupiter.api.Test;

class VolumeReaderTest {
    private final Bundles.Written bundle = Bundles.write();

    @Test
    void gives_back_what_was_written() throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < bundle.volumes().size(); i++) {
            read(i, bundle.volumes().get(i), all);
        }
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        Bundles.contents().values().forEach(expected::writeBytes);
        assertThat(all.toByteArray()).isEqualTo(expected.toByteArray());
        assertThat(bundle.volumes())
                .hasSize(3)
                .allSatisfy(volume -> assertThat(volume.length).isLessThanOrEqualTo((int) Bundles.VOLUME_BYTES));
    }

    @Test
    void finds_a_flipped_bit_in_every_byte() {
        for (int i = 0; i < bundle.volumes().size(); i++) {
            byte[] volume = bundle.volumes().get(i);
            for (int at = 0; at < volume.length; at++) {
                byte[] bad = volume.clone();
                bad[at] ^= (byte) (1 << (at % 8));
                int number = i;
                assertThatThrownBy(() -> read(number, bad, new ByteArrayOutputStream()))
                        .as("volume %d byte %d", i + 1, at)
                        .isInstanceOf(RefusedException.class);
            }
        }
    }

    @Test
    void finds_every_truncation_and_what_follows_the_end() {
        byte[] volume = bundle.volumes().getLast();
        for (int length = 0; length < volume.length; length++) {
            byte[] bad = Arrays.copyOf(volume, length);
            assertThatThrownBy(() -> read(2, bad, new ByteArrayOutputStream())).hasMessageContaining("ends too early");
        }
        byte[] longer = Arrays.copyOf(volume, volume.length + 1);
        assertThatThrownBy(() -> read(2, longer, new ByteArrayOutputStream())).hasMessageContaining("follows its end");
    }

    @Test
    void finds_swapped_volumes() {
        assertThatThrownBy(() -> read(0, bundle.volumes().get(1), new ByteArrayOutputStream()))
                .hasMessageContaining("it is not volume 1 of bundle");
    }

    @Test
    void format_version_1_stays_as_it_is() throws IOException {
        assertThat(bundle.volumes().getLast()).isEqualTo(ManifestReaderTest.golden("version-1-volume-0003.ekv"));
    }

    @Test
    void an_object_that_fits_is_never_cut() {
        String a = "a".repeat(64);
        String b = "b".repeat(64);
        List<List<Part>> plan = VolumePlanner.plan(new TreeMap<>(Map.of(a, 3_000L, b, 3_000L)), 4_096);
        assertThat(plan).containsExactly(List.of(new Part(a, 3_000, 0, 3_000)), List.of(new Part(b, 3_000, 0, 3_000)));
    }

    private void read(int index, byte[] bytes, ByteArrayOutputStream out) throws IOException, RefusedException {
        VolumeReader.read(
                new ByteArrayInputStream(bytes),
                bundle.manifest(),
                bundle.manifest().volumes().get(index),
                new Collector(out));
    }

    /// Takes all bytes.
    record Collector(ByteArrayOutputStream out) implements VolumeReader.Receiver {
        @Override
        public void begin(Part part) {}

        @Override
        public void bytes(byte[] bytes, int length) {
            out.write(bytes, 0, length);
        }

        @Override
        public void end(Part part) {}
    }
}
