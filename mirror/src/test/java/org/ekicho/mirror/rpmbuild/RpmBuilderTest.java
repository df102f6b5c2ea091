package org.ekicho.mirror.rpmbuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RpmBuilderTest {
    @Test
    void the_same_calls_give_the_same_bytes() {
        assertThat(hello().build()).isEqualTo(hello().build());
    }

    @Test
    void lead_signature_and_main_header_stand_where_readers_look() {
        ByteBuffer rpm = ByteBuffer.wrap(hello().build());
        assertThat(rpm.getInt(0)).isEqualTo(0xedabeedb);
        assertThat(rpm.getInt(96)).isEqualTo(0x8eade801);
        int main = mainStart(rpm);
        assertThat(rpm.getInt(main)).isEqualTo(0x8eade801);
        assertThat(rpm.getInt(main + 16)).as("region first").isEqualTo(63);
    }

    @Test
    void the_sha256_of_the_signature_header_is_the_main_headers() {
        byte[] bytes = hello().build();
        ByteBuffer rpm = ByteBuffer.wrap(bytes);
        int main = mainStart(rpm);
        int end = main + 16 + 16 * rpm.getInt(main + 8) + rpm.getInt(main + 12);
        String digest = FileTags.digest("SHA-256", Arrays.copyOfRange(bytes, main, end));
        assertThat(HexFormat.of().formatHex(bytes, 96, main))
                .contains(HexFormat.of().formatHex(digest.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void a_source_package_says_so_in_its_name() {
        assertThat(hello().source().fileName()).isEqualTo("hello-1.0-1.src.rpm");
        assertThat(hello().fileName()).isEqualTo("hello-1.0-1.x86_64.rpm");
    }

    @Test
    void refuses_a_comparison_that_rpm_does_not_know() {
        assertThatThrownBy(() -> hello().requires("bash ~ 5")).hasMessageContaining("no comparison");
        assertThatThrownBy(() -> hello().requires("bash 5")).hasMessageContaining("no dependency");
    }

    @Test
    void a_raw_tag_replaces_the_one_that_is_there() {
        byte[] changed = hello().rawText(Tag.NAME, "jello").build();
        assertThat(changed).isNotEqualTo(hello().build()).hasSameSizeAs(hello().build());
    }

    private static int mainStart(ByteBuffer rpm) {
        int length = 16 + 16 * rpm.getInt(96 + 8) + rpm.getInt(96 + 12);
        return 96 + (length + 7) / 8 * 8;
    }

    private static RpmBuilder hello() {
        return RpmBuilder.of("hello", "1.0", "1")
                .arch("x86_64")
                .requires("bash >= 5")
                .add(RpmEntry.dir("/opt/hello"))
                .add(RpmEntry.file("/opt/hello/bin", "#!/bin/sh\n").withMode(0755));
    }
}
