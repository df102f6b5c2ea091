package org.ekicho.mirror.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestReaderTest {
    @Test
    void what_was_written_is_read() {
        BundleManifest manifest = Bundles.write().manifest();
        assertThat(ManifestReader.decode(ManifestWriter.encode(manifest))).isEqualTo(new Reading.Done<>(manifest));
    }

    @Test
    void format_version_1_stays_as_it_is() throws IOException {
        assertThat(new String(ManifestWriter.encode(Bundles.write().manifest()), StandardCharsets.UTF_8))
                .isEqualTo(new String(golden("version-1.manifest"), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ekicho-bundle 1|ekicho-bundle 2|format version 2",
                "Packages/a b|../a b|has a part",
                "Packages/a b|/etc/a b|is absolute",
                "Packages/a b|a\\b|backslash",
                "Packages/a b|Packages/f b|not sorted",
                "Packages/empty|repodata/repomd.xml|not sorted",
                "Packages/empty|Packages/a b-1-1.noarch.rpm/x|is a file and a folder",
                "repodata/repomd.xml|repodata/repomd|has no repodata/repomd.xml",
                "snapshots 1|snapshots 99999|more than",
                "snapshots 1|snapshots 01|no number",
                "snapshots 1|snapshots 18446744073709551617|no number",
                "snapshots 1|snapshots 0|expected \"channels\"",
                "volumes 3|volumes 2|expected \"end\"",
                "volume 2|volume 3|in the place of volume 2",
                "based-on nothing|based-on moon|nothing can be based on",
                "site Nord|site|one way",
                "latest 3|Latest 3|no name of a channel",
                "own 2026|.own 2026|no id of a repository",
                "file package|file thing|no kind of file",
                "9000 0 |9001 0 |",
                "9000 1767225600|9001 1767225600|in this size",
            })
    void refuses_a_manifest_in_which(String good, String bad, String why) {
        String text = text();
        assertThat(text).contains(good);
        Reading<BundleManifest> reading = decode(text.replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(bad)));
        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Refused.class,
                        refused -> assertThat(refused.refusal().toString()).contains(why == null ? "" : why));
    }

    @Test
    void refuses_every_truncation() {
        byte[] bytes = ManifestWriter.encode(Bundles.write().manifest());
        for (int length = 0; length < bytes.length; length++) {
            assertThat(ManifestReader.decode(Arrays.copyOf(bytes, length)))
                    .as("%d bytes", length)
                    .isInstanceOf(Reading.Refused.class);
        }
    }

    @Test
    void a_table_of_four_billion_entries_is_too_large() {
        String lie = """
                ekicho-bundle 1
                bundle 20261127T101500Z-4bf5122f
                site x
                made 2026-11-27T10:15:00Z
                based-on nothing
                snapshots 4294967295
                """;
        assertThat(decode(lie))
                .isInstanceOfSatisfying(
                        Reading.Refused.class,
                        refused -> assertThat(refused.refusal().reason()).isEqualTo(MirrorReason.TOO_LARGE));
    }

    private static String text() {
        return new String(ManifestWriter.encode(Bundles.write().manifest()), StandardCharsets.UTF_8);
    }

    private static Reading<BundleManifest> decode(String text) {
        return ManifestReader.decode(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] golden(String name) throws IOException {
        try (InputStream in = ManifestReaderTest.class.getResourceAsStream("/golden/bundle/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
