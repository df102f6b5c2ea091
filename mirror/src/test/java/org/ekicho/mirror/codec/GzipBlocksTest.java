package org.ekicho.mirror.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class GzipBlocksTest {
    private static final long SEED = 20_261_127;

    @Test
    void opens_to_what_was_packed_whatever_the_blocks_are() throws IOException {
        List<byte[]> blocks = blocks();
        byte[] packed = packed(blocks, true);
        assertThat(opened(packed)).isEqualTo(joined(blocks));
        try (InputStream ours =
                Codec.GZ.decompressing(new ByteArrayInputStream(packed), OpenLimits.exactly(joined(blocks).length))) {
            assertThat(ours.readAllBytes()).isEqualTo(joined(blocks));
        }
    }

    @Test
    void a_block_packed_once_fits_into_another_file() throws IOException {
        List<byte[]> blocks = blocks();
        try (GzipBlocks other = new GzipBlocks()) {
            byte[] first = "something else stands before it".getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.writeBytes(GzipBlocks.header());
            other.count(first, 0, first.length);
            file.writeBytes(other.pack(first, 0, first.length));
            byte[] taken = blocks.get(3);
            other.count(taken, 0, taken.length);
            try (GzipBlocks before = new GzipBlocks()) {
                before.pack(first, 0, first.length);
                file.writeBytes(before.pack(taken, 0, taken.length));
            }
            file.writeBytes(other.end());
            assertThat(opened(file.toByteArray())).isEqualTo(joined(List.of(first, taken)));
        }
    }

    @Test
    void the_same_blocks_have_the_same_bytes() throws IOException {
        assertThat(packed(blocks(), true)).isEqualTo(packed(blocks(), true));
    }

    @Test
    void an_empty_file_is_one_too() throws IOException {
        assertThat(opened(packed(List.of(), true))).isEmpty();
    }

    @Test
    void content_that_was_not_counted_is_found_by_who_opens_it() {
        byte[] packed = packed(blocks(), false);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> opened(packed)))
                .isInstanceOf(IOException.class);
    }

    /// Texts that pack well, bytes that do not, and lengths around the room of the packer.
    private static List<byte[]> blocks() {
        Random random = new Random(SEED);
        List<byte[]> blocks = new ArrayList<>();
        for (int length : new int[] {1, 5, 32_767, 32_768, 32_769, 65_536, 300_000}) {
            byte[] noise = new byte[length];
            random.nextBytes(noise);
            blocks.add(noise);
            byte[] text = new byte[length];
            for (int i = 0; i < length; i++) {
                text[i] = (byte) ('a' + noise[i % 97] % 3);
            }
            blocks.add(text);
        }
        return blocks;
    }

    private static byte[] packed(List<byte[]> blocks, boolean count) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (GzipBlocks gzip = new GzipBlocks()) {
            file.writeBytes(GzipBlocks.header());
            for (byte[] block : blocks) {
                if (count) {
                    gzip.count(block, 0, block.length);
                }
                file.writeBytes(gzip.pack(block, 0, block.length));
            }
            file.writeBytes(gzip.end());
        }
        return file.toByteArray();
    }

    private static byte[] joined(List<byte[]> blocks) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        blocks.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static byte[] opened(byte[] packed) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }
}
