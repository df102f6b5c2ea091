package org.ekicho.mirror.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.rpm.HeaderRead.NeedsMore;
import org.ekicho.mirror.rpm.HeaderRead.Refused;
import org.ekicho.wire.BigEndian;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RpmHeadersTest {
    @ParameterizedTest
    @ValueSource(strings = {"hello.bin", "old.bin"})
    void a_file_cut_off_anywhere_in_its_headers_is_refused_with_the_place(String golden) throws IOException {
        byte[] file = GoldenRpm.read(golden);
        long end = GoldenRpm.headers(file).range().end();
        for (int length = 4; length < end; length++) {
            HeaderRead read = RpmHeaders.read(ByteBuffer.wrap(Arrays.copyOf(file, length)), length);
            int at = length;
            assertThat(read).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused.reason()).isEqualTo(MirrorReason.MALFORMED);
                assertThat(refused.detail()).contains("header at byte").endsWith("but the file ends at " + at);
            });
        }
    }

    @Test
    void it_asks_for_more_when_given_less_than_the_headers() throws IOException {
        byte[] file = GoldenRpm.read("hello.bin");
        int end = (int) GoldenRpm.headers(file).range().end();
        for (int length = 4; length < file.length; length++) {
            HeaderRead read = RpmHeaders.read(ByteBuffer.wrap(file, 0, length), file.length);
            int given = length;
            if (length >= end) {
                assertThat(read).isInstanceOf(HeaderRead.Read.class);
            } else {
                assertThat(read)
                        .isInstanceOfSatisfying(
                                NeedsMore.class,
                                more -> assertThat(more.totalBytes())
                                        .isGreaterThan(given)
                                        .isLessThanOrEqualTo(file.length));
            }
        }
    }

    @Test
    void what_is_no_package_is_told_as_such() {
        for (String text : new String[] {"", "<html>login</html>", "abc"}) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            assertThat(RpmHeaders.read(ByteBuffer.wrap(bytes), bytes.length))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(MirrorReason.NOT_WHAT_IT_SHOULD_BE));
        }
    }

    @Test
    void direct_buffers_and_buffers_in_the_middle_of_arrays_are_read_too() throws IOException {
        byte[] file = GoldenRpm.read("hello.bin");
        ByteBuffer direct = ByteBuffer.allocateDirect(file.length).put(file).flip();
        byte[] shifted = new byte[file.length + 5];
        System.arraycopy(file, 0, shifted, 5, file.length);
        for (ByteBuffer head : List.of(direct, ByteBuffer.wrap(shifted, 5, file.length))) {
            assertThat(RpmHeaders.read(head, file.length))
                    .isInstanceOfSatisfying(
                            HeaderRead.Read.class,
                            read -> assertThat(read.range())
                                    .isEqualTo(GoldenRpm.headers(file).range()));
            assertThat(head.remaining()).isEqualTo(file.length);
        }
    }

    @Test
    void every_lie_of_an_entry_is_refused_with_its_tag_and_place() throws IOException {
        List<String> told = new ArrayList<>();
        lies().forEach((lie, change) -> {
            byte[] file = change.apply(golden());
            told.add(lie + " | "
                    + switch (RpmHeaders.read(ByteBuffer.wrap(file), file.length)) {
                        case Refused(MirrorReason reason, String detail) -> reason + " | " + detail;
                        case HeaderRead.Read read -> "READ | " + read.range();
                        case NeedsMore more -> "MORE | " + more;
                    });
        });
        assertThat(told).isEqualTo(GoldenRpm.lines("refusals.txt"));
    }

    private static byte[] golden() {
        try {
            return GoldenRpm.read("hello.bin");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, UnaryOperator<byte[]>> lies() {
        Map<String, UnaryOperator<byte[]>> lies = new LinkedHashMap<>();
        lies.put("signature magic", file -> put(file, 96, 0x8eade802));
        lies.put("signature tags of 4 G", file -> put(file, 96 + 8, -1));
        lies.put("signature data of 4 G", file -> put(file, 96 + 12, -1));
        lies.put("signature without tags", file -> put(file, 96 + 8, 0));
        lies.put("main magic", file -> put(file, main(), 0));
        lies.put("main tags of 4 G", file -> put(file, main() + 8, -1));
        lies.put("main data of 256 M", file -> put(file, main() + 12, 0x1000_0000));
        lies.put("main data of 255 M", file -> put(file, main() + 12, 0x0fff_ffff));
        lies.put("region of another header", file -> entry(file, 0, 0, 62));
        lies.put("region of type i32", file -> entry(file, 0, 4, 4));
        lies.put("region of 17 bytes", file -> entry(file, 0, 12, 17));
        lies.put("region trailer before the data", file -> entry(file, 0, 8, -16));
        lies.put("region trailer behind the data", file -> entry(file, 0, 8, 0x7fff_fff0));
        lies.put("region trailer elsewhere", file -> entry(file, 0, 8, 0));
        lies.put("region of more entries than there are", file -> trailer(file, -16 * 70_000));
        lies.put("region of part of an entry", file -> trailer(file, -17));
        lies.put("region that counts forward", file -> trailer(file, 160));
        lies.put("tag of a region twice", file -> entry(file, 1, 0, 63));
        lies.put("negative offset", file -> entry(file, 1, 8, -4));
        lies.put("offset behind the data", file -> entry(file, 1, 8, 0x7fff_ffff));
        lies.put("overlap", file -> entry(file, 2, 8, 0));
        lies.put("type 0", file -> entry(file, 2, 4, 0));
        lies.put("type 10", file -> entry(file, 2, 4, 10));
        lies.put("no elements", file -> entry(file, 2, 12, 0));
        lies.put("4 G strings", file -> entry(file, 1, 12, -1));
        lies.put("more strings than NULs", file -> entry(file, 1, 12, 100_000));
        lies.put("two strings as one", file -> entry(file, 2, 12, 2));
        lies.put("4 G bytes", file -> entry(entry(file, 1, 4, 7), 1, 12, -1));
        lies.put("a million numbers", file -> entry(entry(file, 1, 4, 5), 1, 12, 1_000_000));
        lies.put("number off its alignment", file -> entry(entry(file, 2, 4, 4), 2, 8, 2));
        lies.put("a gap between entries", file -> entry(file, 4, 8, BigEndian.i32(file, main() + 16 + 64 + 8) + 1));
        lies.put("reserved bytes", file -> put(file, main() + 4, 1));
        return lies;
    }

    private static int main() {
        return (int) GoldenRpm.headers(golden()).range().start();
    }

    private static byte[] put(byte[] file, int at, int value) {
        BigEndian.put32(file, at, value);
        return file;
    }

    /// Changes a field of an entry of the main header: 0 tag, 4 type, 8 offset, 12 count.
    private static byte[] entry(byte[] file, int index, int field, int value) {
        return put(file, main() + 16 + 16 * index + field, value);
    }

    private static byte[] trailer(byte[] file, int value) {
        int start = main();
        int data = start + 16 + 16 * BigEndian.i32(file, start + 8);
        return put(file, data + BigEndian.i32(file, start + 16 + 8) + 8, value);
    }
}
