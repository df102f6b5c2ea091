package org.ekicho.site.ntpkeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.ekicho.ntp.auth.KeyType;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.wire.IpPrefix;
import org.junit.jupiter.api.Test;

class KeyFileReaderTest {
    private static final String HEX40 = "00112233445566778899aabbccddeeff01234567";

    private Diagnostics problems = new Diagnostics();

    @Test
    void ntpd_takes_twenty_characters_as_text_and_more_as_hexadecimal() {
        List<SymmetricKey> keys = read(
                KeyDialect.NTPD,
                "# comment\n\n10 MD5 siteTimeKey\n 11\tsha1 " + HEX40 + "\n12 M 0123456789abcdef0123#x\n");
        assertThat(problems.report().diagnostics()).isEmpty();
        assertThat(keys).extracting(SymmetricKey::type).containsExactly(KeyType.MD5, KeyType.SHA1, KeyType.MD5);
        assertThat(keys.get(0).secret()).isEqualTo(ascii("siteTimeKey"));
        assertThat(keys.get(1).secret()).isEqualTo(HexFormat.of().parseHex(HEX40));
        assertThat(keys.get(2).secret()).isEqualTo(ascii("0123456789abcdef0123"));
    }

    @Test
    void ntpd_cuts_a_secret_at_a_number_sign_and_chronyd_does_not() {
        assertThat(read(KeyDialect.NTPD, "1 MD5 abc#def\n").getFirst().secret()).isEqualTo(ascii("abc"));
        assertThat(read(KeyDialect.CHRONY, "1 MD5 abc#def\n").getFirst().secret())
                .isEqualTo(ascii("abc#def"));
    }

    @Test
    void ntpd_fills_or_cuts_cipher_keys_and_binds_keys_to_addresses() {
        List<SymmetricKey> keys =
                read(KeyDialect.NTPD, "1 AES128CMAC short 10.0.0.1,fd00::/8\n2 AES128CMAC " + "ab".repeat(20) + "\n");
        assertThat(keys.get(0).secret()).isEqualTo(Arrays.copyOf(ascii("short"), 16));
        assertThat(keys.get(0).servers())
                .containsExactly(
                        IpPrefix.parse("10.0.0.1").orElseThrow(),
                        IpPrefix.parse("fd00::/8").orElseThrow());
        assertThat(keys.get(1).secret()).hasSize(16);
    }

    @Test
    void ntpd_rejects_the_whole_file_so_every_malformed_line_is_an_error() {
        read(KeyDialect.NTPD, """
                0 MD5 a
                x MD5 a
                65536 MD5 a
                4
                5 MD5
                6 SHA1 0123456789abcdefghij0123
                7 SHA1 0123456789abcdef01234
                8 MD5 a 10.0.0.0.1
                9 SHA224 dropped
                """);
        assertThat(problems.report().print().lines().map(l -> l.replaceAll(": (error|warning): .*", " $1")))
                .containsExactly(
                        "keys:1:1 error",
                        "keys:2:1 error",
                        "keys:3:1 error",
                        "keys:4:2 error",
                        "keys:5:6 error",
                        "keys:6:24 error",
                        "keys:7:8 error",
                        "keys:8:9 error",
                        "keys:9:3 warning",
                        "8 errors, 1 warning");
        assertThat(problems.report().print()).contains("ntpd rejects the whole file");
    }

    @Test
    void ntpd_takes_a_carriage_return_for_a_part_of_the_secret() {
        assertThat(read(KeyDialect.NTPD, "\r\n1 MD5 abc\r\n").getFirst().secret())
                .isEqualTo(ascii("abc\r"));
        assertThat(problems.report().print()).contains("keys:2:7: warning: the line ends as in DOS files");
    }

    @Test
    void the_first_of_two_lines_with_one_id_counts() {
        assertThat(read(KeyDialect.NTPD, "1 MD5 first\n1 MD5 second\n"))
                .singleElement()
                .extracting(SymmetricKey::secret)
                .isEqualTo(ascii("first"));
        assertThat(problems.report().print()).contains("keys:2:7: warning: key 1 stands in line 1 already");
    }

    @Test
    void chronyd_reads_prefixes_and_missing_types() {
        List<SymmetricKey> keys = read(
                KeyDialect.CHRONY,
                "! c\n1 plain\n2 SHA1 ASCII:text\n3 SHA1 HEX:" + HEX40 + "\n4 AES128 HEX:" + "ab".repeat(16)
                        + "\n4294967295 SHA512 " + HEX40 + "\n");
        assertThat(problems.report().diagnostics()).isEmpty();
        assertThat(keys)
                .extracting(SymmetricKey::type)
                .containsExactly(KeyType.MD5, KeyType.SHA1, KeyType.SHA1, KeyType.AES128CMAC, KeyType.SHA512);
        assertThat(keys.get(0).secret()).isEqualTo(ascii("plain"));
        assertThat(keys.get(1).secret()).isEqualTo(ascii("text"));
        assertThat(keys.get(2).secret()).isEqualTo(HexFormat.of().parseHex(HEX40));
        assertThat(keys.get(4).secret()).isEqualTo(ascii(HEX40));
        assertThat(keys.get(4).idText()).isEqualTo("4294967295");
    }

    @Test
    void chronyd_passes_over_what_it_cannot_read() {
        assertThat(read(
                        KeyDialect.CHRONY,
                        "0 MD5 a\n1\n2 MD5 a b\n3 sha1 a\n4 AES128 HEX:abcd\n5 MD5 HEX:xy\n6 MD5 ok\n"))
                .extracting(SymmetricKey::id)
                .containsExactly(6);
        assertThat(problems.report().print())
                .contains("6 warnings")
                .contains("keys:4:3: warning: key 3 is dropped: type \"sha1\" is not known (capitals matter)");
    }

    @Test
    void ntpsec_knows_more_names_of_ciphers() {
        assertThat(read(KeyDialect.NTPSEC, "1 AES " + "ab".repeat(16) + "\n2 AES-256 " + "ab".repeat(32) + "\n"))
                .extracting(SymmetricKey::type)
                .containsExactly(KeyType.AES128CMAC, KeyType.AES256CMAC);
    }

    @Test
    void modes_that_let_others_read_or_write_are_refused() {
        for (int good : new int[] {0400, 0440, 0600, 0640}) {
            KeyFileReader.checkMode("keys", good, problems);
        }
        assertThat(problems.report().diagnostics()).isEmpty();
        KeyFileReader.checkMode("keys", 0644, problems);
        assertThat(problems.report().print())
                .startsWith("keys: error: key file with mode 0644: everybody can read the keys; expected mode 0640 or "
                        + "less; e.g. chmod 640 keys");
        for (int bad : new int[] {0660, 0666, 0604, 0620}) {
            problems = new Diagnostics();
            KeyFileReader.checkMode("keys", bad, problems);
            assertThat(problems.report().hasErrors()).isTrue();
        }
    }

    @Test
    void guesses_the_program_by_what_only_it_writes() {
        assertThat(DialectGuess.of("1 SHA1 HEX:00\n").dialect()).isEqualTo(KeyDialect.CHRONY);
        assertThat(DialectGuess.of("# x\n70000 SHA1 ab\n"))
                .isEqualTo(new DialectGuess(KeyDialect.CHRONY, "line 2 has an id above 65535"));
        assertThat(DialectGuess.of("1 secret\n").dialect()).isEqualTo(KeyDialect.CHRONY);
        assertThat(DialectGuess.of("1 AES-128 ab\n").dialect()).isEqualTo(KeyDialect.NTPSEC);
        assertThat(DialectGuess.of("1 M ab\n").dialect()).isEqualTo(KeyDialect.NTPD);
        assertThat(DialectGuess.of("").dialect()).isEqualTo(KeyDialect.NTPD);
    }

    private List<SymmetricKey> read(KeyDialect dialect, String text) {
        return KeyFileReader.read("keys", text, dialect, problems).keys();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
