package org.ekicho.web.range;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ekicho.web.range.ByteRanges.Part;
import org.junit.jupiter.api.Test;

class ByteRangesTest {
    private static void parts(String header, Part... parts) {
        assertThat(ByteRanges.parse(header, 1000)).as(header).isEqualTo(new ByteRanges.Parts(List.of(parts)));
    }

    private static void whole(String header) {
        assertThat(ByteRanges.parse(header, 1000)).as(header).isEqualTo(new ByteRanges.Whole());
    }

    @Test
    void reads_one_range_and_several() {
        parts("bytes=0-499", new Part(0, 500));
        parts("bytes=500-", new Part(500, 500));
        parts("bytes=-100", new Part(900, 100));
        parts("bytes=-5000", new Part(0, 1000));
        parts("bytes=900-5000", new Part(900, 100));
        parts("bytes=0-0,-1", new Part(0, 1), new Part(999, 1));
        parts("bytes=0-9, 20-29 ,", new Part(0, 10), new Part(20, 10));
        parts("BYTES=0-9,5000-6000", new Part(0, 10));
    }

    @Test
    void what_lies_beyond_the_file_cannot_be_had() {
        for (String header : List.of("bytes=1000-", "bytes=1000-2000,3000-", "bytes=-0")) {
            assertThat(ByteRanges.parse(header, 1000)).as(header).isEqualTo(new ByteRanges.Unsatisfiable());
        }
        assertThat(ByteRanges.parse("bytes=0-", 0)).isEqualTo(new ByteRanges.Unsatisfiable());
    }

    @Test
    void what_is_not_understood_or_is_more_than_the_file_asks_for_all_of_it() {
        whole("items=0-9");
        whole("bytes=");
        whole("bytes=a-b");
        whole("bytes=9-0");
        whole("bytes=-");
        whole("bytes=1-2-3");
        whole("bytes=0-999,0-999");
        whole("bytes=" + "0-0,".repeat(ByteRanges.MAX_PARTS + 1));
        parts("bytes=0-99999999999999999999999", new Part(0, 1000));
    }
}
