package org.ekicho.site.ntpkeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ekicho.ntp.auth.KeyType;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.wire.IpPrefix;
import org.junit.jupiter.api.Test;

class KeyFileWriterTest {
    private final Random dice = new Random(7);

    @Test
    void every_program_reads_the_secrets_that_were_generated() {
        List<SymmetricKey> keys = new ArrayList<>();
        for (KeyType type : KeyType.values()) {
            keys.addAll(KeyGenerator.generate(1 + 10 * type.ordinal(), 3, type, dice));
        }
        for (KeyDialect dialect : KeyDialect.values()) {
            WrittenKeys written = KeyFileWriter.write(keys, dialect);
            List<SymmetricKey> expected = keys.stream()
                    .filter(k -> dialect != KeyDialect.NTPD || k.type() != KeyType.AES256CMAC)
                    .toList();
            assertThat(read(written, dialect)).as(dialect.word()).isEqualTo(expected);
        }
    }

    @Test
    void generated_lines_are_40_or_32_hexadecimal_digits() {
        String text = KeyFileWriter.write(KeyGenerator.generate(10, 1, KeyType.SHA1, dice), KeyDialect.NTPD)
                .text();
        assertThat(text.lines().skip(1)).singleElement().asString().matches("10 SHA1 [0-9a-f]{40}");
        text = KeyFileWriter.write(KeyGenerator.generate(10, 1, KeyType.AES128CMAC, dice), KeyDialect.CHRONY)
                .text();
        assertThat(text.lines().skip(1)).singleElement().asString().matches("10 AES128 HEX:[0-9a-f]{32}");
    }

    @Test
    void any_secret_survives_or_is_left_out_with_a_remark() {
        for (int i = 0; i < 500; i++) {
            byte[] secret = new byte[1 + dice.nextInt(80)];
            dice.nextBytes(secret);
            if (dice.nextBoolean()) {
                for (int j = 0; j < secret.length; j++) {
                    secret[j] = (byte) (' ' + (secret[j] & 0x3f));
                }
            }
            SymmetricKey key = new SymmetricKey(1 + dice.nextInt(70_000), KeyType.SHA1, secret, List.of());
            for (KeyDialect dialect : KeyDialect.values()) {
                WrittenKeys written = KeyFileWriter.write(List.of(key), dialect);
                assertThat(read(written, dialect))
                        .as("%s %s %s", dialect, key, written.remarks())
                        .isEqualTo(written.remarks().isEmpty() ? List.of(key) : List.of());
            }
        }
    }

    @Test
    void says_what_a_program_does_not_know() {
        SymmetricKey bound = new SymmetricKey(
                5,
                KeyType.SHA256,
                "secret-of-twenty-byt".getBytes(StandardCharsets.US_ASCII),
                List.of(IpPrefix.parse("10.0.0.1").orElseThrow()));
        assertThat(KeyFileWriter.write(List.of(bound), KeyDialect.NTPD).text())
                .contains("5 SHA256 secret-of-twenty-byt 10.0.0.1\n");
        assertThat(KeyFileWriter.write(List.of(bound), KeyDialect.NTPD).remarks())
                .singleElement()
                .asString()
                .contains("ntpd loads SHA256 keys and then verifies no packet");
        assertThat(KeyFileWriter.write(List.of(bound), KeyDialect.CHRONY).remarks())
                .singleElement()
                .asString()
                .contains("chronyd does not bind keys to addresses");
    }

    @Test
    void no_secret_leaves_by_listing_or_to_string() {
        String secret = "do-not-print-me";
        Diagnostics problems = new Diagnostics();
        KeyFile file = KeyFileReader.read("k", "10 MD5 " + secret + "\n", KeyDialect.NTPD, problems);
        assertThat(KeyListing.render(file)).contains("10  MD5").doesNotContain(secret);
        for (KeyDialect dialect : KeyDialect.values()) {
            assertThat(KeyFileWriter.outline(file.keys(), dialect).text())
                    .contains("10 MD5 ")
                    .contains("********")
                    .doesNotContain(secret);
        }
        assertThat(file.toString()).doesNotContain(secret);
        assertThat(KeyFileWriter.write(file.keys(), KeyDialect.NTPD).toString()).doesNotContain(secret);
    }

    @Test
    void equal_secrets_have_equal_marks_and_others_do_not() {
        SymmetricKey one = KeyGenerator.generate(1, 1, KeyType.SHA1, dice).getFirst();
        assertThat(KeyMark.of(one)).matches("[0-9a-f]{4}");
        assertThat(KeyMark.of(new SymmetricKey(2, KeyType.SHA1, one.secret(), List.of())))
                .isEqualTo(KeyMark.of(one));
        assertThat(KeyMark.of(new SymmetricKey(1, KeyType.MD5, one.secret(), List.of())))
                .isNotEqualTo(KeyMark.of(one));
    }

    private static List<SymmetricKey> read(WrittenKeys written, KeyDialect dialect) {
        Diagnostics problems = new Diagnostics();
        List<SymmetricKey> keys =
                KeyFileReader.read("k", written.text(), dialect, problems).keys();
        assertThat(problems.report().diagnostics()).isEmpty();
        return keys;
    }
}
