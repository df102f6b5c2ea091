package org.ekicho.mirror.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ekicho.mirror.MirrorReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CodecTest {
    private static final byte[] LINES = IntStream.range(0, 200)
            .mapToObj(i -> i + " line of text\n")
            .collect(Collectors.joining())
            .getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @EnumSource(
            value = Codec.class,
            names = {"GZ", "BZ2", "XZ", "ZSTD"})
    void opens_what_the_programs_of_a_distribution_packed(Codec codec) throws IOException {
        byte[] golden = golden(codec);
        assertThat(Codec.ofMagic(golden)).isEqualTo(codec);
        assertThat(open(codec, golden, OpenLimits.exactly(LINES.length))).isEqualTo(LINES);
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void opens_what_it_packed(Codec codec) throws IOException {
        byte[] bytes = new byte[300_000];
        new Random(3).nextBytes(bytes);
        Arrays.fill(bytes, 50_000, 200_000, (byte) 'x');
        byte[] packed = pack(codec, bytes);
        assertThat(open(codec, packed, OpenLimits.metadata())).isEqualTo(bytes);
        assertThat(pack(codec, bytes)).isEqualTo(packed);
        assertThat(open(codec, pack(codec, new byte[0]), OpenLimits.metadata())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Codec.class,
            names = {"GZ", "BZ2", "XZ", "ZSTD"})
    void opens_two_streams_that_were_put_one_after_the_other(Codec codec) throws IOException {
        byte[] golden = golden(codec);
        byte[] twice = Arrays.copyOf(golden, golden.length * 2);
        System.arraycopy(golden, 0, twice, golden.length, golden.length);
        assertThat(open(codec, twice, OpenLimits.metadata())).hasSize(2 * LINES.length);
    }

    @ParameterizedTest
    @EnumSource(
            value = Codec.class,
            names = {"GZ", "XZ", "ZSTD", "BZ2"})
    void refuses_a_bomb_long_before_it_is_open(Codec codec) throws IOException {
        byte[] bomb = pack(codec, new byte[80 << 20]);
        CodecException refused = refusal(codec, bomb, OpenLimits.metadata());
        assertThat(refused.reason()).isEqualTo(MirrorReason.TOO_LARGE);
        assertThat(refused).hasMessageContaining("250 times");
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void refuses_another_size_than_the_record_says(Codec codec) throws IOException {
        byte[] packed = pack(codec, LINES);
        assertThat(refusal(codec, packed, OpenLimits.exactly(LINES.length - 1)).reason())
                .isEqualTo(MirrorReason.WRONG_SIZE);
        assertThat(refusal(codec, packed, OpenLimits.exactly(LINES.length + 1)).reason())
                .isEqualTo(MirrorReason.WRONG_SIZE);
        assertThat(refusal(codec, packed, OpenLimits.metadata().atMost(100)).reason())
                .isEqualTo(MirrorReason.TOO_LARGE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Codec.class,
            names = {"GZ", "BZ2", "XZ", "ZSTD"})
    void refuses_what_ends_early_or_is_something_else(Codec codec) throws IOException {
        byte[] packed = golden(codec);
        for (int length : new int[] {1, 5, packed.length / 2, packed.length - 1}) {
            assertThat(refusal(codec, Arrays.copyOf(packed, length), OpenLimits.metadata())
                            .reason())
                    .as("%s of %s", length, packed.length)
                    .isEqualTo(MirrorReason.MALFORMED);
        }
        byte[] html = "<html><body>Please log in</body></html>".getBytes(StandardCharsets.UTF_8);
        assertThat(refusal(codec, html, OpenLimits.metadata()).reason()).isEqualTo(MirrorReason.MALFORMED);
    }

    @Test
    void a_stream_that_breaks_is_no_fault_of_the_bytes() throws IOException {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                throw new IOException("connection reset");
            }
        };
        byte[] start = Arrays.copyOf(golden(Codec.XZ), 40);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Codec.XZ
                        .decompressing(
                                new SequenceInputStream(new ByteArrayInputStream(start), broken), OpenLimits.metadata())
                        .readAllBytes())
                .isNotInstanceOf(CodecException.class)
                .withMessage("connection reset");
    }

    @Test
    void knows_names_words_and_magic() {
        assertThat(Codec.ofName("repodata/ab-primary.xml.gz")).isEqualTo(Codec.GZ);
        assertThat(Codec.ofName("PRIMARY.XML.ZST")).isEqualTo(Codec.ZSTD);
        assertThat(Codec.ofName("primary.xml.zstd")).isEqualTo(Codec.ZSTD);
        assertThat(Codec.ofName("comps.xml")).isEqualTo(Codec.NONE);
        assertThat(Codec.ofName("primary.sqlite.bz2")).isEqualTo(Codec.BZ2);
        assertThat(Codec.ofWord("gzip")).contains(Codec.GZ);
        assertThat(Codec.ofWord("zck")).isEmpty();
        assertThat(Codec.ofMagic(new byte[0])).isEqualTo(Codec.NONE);
        assertThat(Codec.ofMagic("<?xml ".getBytes(StandardCharsets.UTF_8))).isEqualTo(Codec.NONE);
    }

    @Test
    void limits_below_nothing_cannot_be_made() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new OpenLimits(OptionalLong.of(-1), 1, 1));
    }

    private static CodecException refusal(Codec codec, byte[] packed, OpenLimits limits) {
        return Objects.requireNonNull(
                catchThrowableOfType(CodecException.class, () -> drain(codec, packed, limits)), "was not refused");
    }

    private static void drain(Codec codec, byte[] packed, OpenLimits limits) throws IOException {
        try (InputStream in = codec.decompressing(new ByteArrayInputStream(packed), limits)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static byte[] open(Codec codec, byte[] packed, OpenLimits limits) throws IOException {
        try (InputStream in = codec.decompressing(new ByteArrayInputStream(packed), limits)) {
            return in.readAllBytes();
        }
    }

    private static byte[] pack(Codec codec, byte[] bytes) throws IOException {
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        try (OutputStream out = codec.compressing(to)) {
            out.write(bytes);
        }
        return to.toByteArray();
    }

    static byte[] golden(Codec codec) throws IOException {
        try (InputStream in = CodecTest.class.getResourceAsStream("/golden/codec/lines" + codec.suffix())) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }
}
