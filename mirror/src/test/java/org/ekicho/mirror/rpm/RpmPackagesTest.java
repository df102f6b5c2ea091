package org.ekicho.mirror.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.rpm.Dependency.Kind;
import org.ekicho.mirror.rpm.Dependency.Range;
import org.ekicho.mirror.rpm.Dependency.Sense;
import org.ekicho.mirror.rpm.RpmPackages.FileDigests;
import org.ekicho.mirror.rpm.RpmPackages.Wanted;
import org.ekicho.mirror.rpmbuild.RpmBuilder;
import org.ekicho.mirror.rpmbuild.RpmEntry;
import org.ekicho.mirror.rpmbuild.RpmSense;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpmPackagesTest {
    private static final int STRINGS = 8;

    @Test
    void an_old_package_provides_itself_and_has_whole_file_names() throws IOException {
        RpmPackage old = rpm(GoldenRpm.read("old.bin"));
        assertThat(old.nevra()).isEqualTo("old-1.0-1.i386");
        assertThat(old.of(Kind.PROVIDES))
                .containsExactly(
                        new Dependency("oldies", Optional.empty(), false),
                        new Dependency("old", Optional.of(new Range(Sense.EQ, "0", "1.0", "1")), false));
        assertThat(old.files())
                .extracting(PackageFile::path)
                .containsExactly("/etc/old.conf", "/usr/bin/old", "/usr/doc/old");
    }

    @Test
    void of_glibc_only_the_newest_is_required_and_goes_last() {
        assertThat(requires(RpmBuilder.of("a", "1", "1")
                        .requires("libc.so.6(GLIBC_2.34)(64bit)")
                        .requires("libc.so.6(GLIBC_2.4)(64bit)")
                        .requires("libc.so.6()(64bit)")
                        .requires("z")))
                .containsExactly("z", "libc.so.6(GLIBC_2.34)(64bit)");
    }

    @Test
    void what_the_package_brings_along_is_not_required() {
        assertThat(requires(RpmBuilder.of("a", "1", "1")
                        .add(RpmEntry.file("/usr/bin/a", "x"))
                        .add(RpmEntry.file("/usr/share/a", "x"))
                        .provides("p = 1")
                        .requires("/usr/bin/a")
                        .requires("/usr/share/a")
                        .requires("p = 1")
                        .requires("p >= 1")
                        .requires("rpmlib(X) <= 1")))
                .containsExactly("/usr/share/a", "p");
    }

    @Test
    void a_repeat_is_told_by_flags_version_and_time_of_need() {
        assertThat(requires(RpmBuilder.of("a", "1", "1")
                        .requires("d")
                        .requires("d")
                        .depends(Kind.REQUIRES, "d", RpmSense.SCRIPT_PRE, "")
                        .depends(Kind.REQUIRES, "d", RpmSense.SCRIPT_POST, "")
                        .requires("d > 1")))
                .containsExactly("d", "d", "d");
    }

    @Test
    void a_dependency_with_a_word_as_epoch_is_left_out_with_a_remark() {
        byte[] file = RpmBuilder.of("a", "1", "1").conflicts("b = x:1").build();
        assertThat(GoldenRpm.packageOf(file, Wanted.USUAL)).isInstanceOfSatisfying(PackageRead.Read.class, read -> {
            assertThat(read.rpm().of(Kind.CONFLICTS)).isEmpty();
            assertThat(read.remarks())
                    .containsExactly("the dependency \"b\" was left out: the epoch of \"x:1\" is no number");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "1:2-3,   1, 2, 3",
        "2-3,     0, 2, 3",
        "2,       0, 2, ''",
        "1-2-3,   0, 1, 2-3",
        "1:2:3,   1, 2:3, ''",
        ":1,      0, 1, ''",
        "1:,      1, '', ''",
        "-1,      0, '', 1",
        "'',      '', '', ''",
    })
    void versions_are_cut_at_the_first_colon_and_dash(String text, String epoch, String version, String release) {
        assertThat(RpmDependencies.range(Sense.EQ, text)).contains(new Range(Sense.EQ, epoch, version, release));
    }

    @Test
    void entries_of_the_same_time_are_moved_apart_oldest_first() {
        RpmBuilder builder = RpmBuilder.of("a", "1", "1");
        long[] times = {9, 9, 9, 8, 9};
        for (int i = 0; i < times.length; i++) builder.changelog(times[i], "A" + i + "  ", "- " + i);
        assertThat(rpm(builder.build()).changelogs())
                .extracting(Changelog::author, Changelog::time)
                .containsExactly(tuple("A4", 9), tuple("A3", 8), tuple("A2", 9), tuple("A1", 10), tuple("A0", 11));
        assertThat(read(builder, new Wanted(2, FileDigests.SKIP)).changelogs())
                .extracting(Changelog::author)
                .containsExactly("A1", "A0");
    }

    @Test
    void thousands_of_entries_of_one_time_are_too_many() {
        RpmBuilder builder = RpmBuilder.of("a", "1", "1");
        for (int i = 0; i < 2000; i++) builder.changelog(9, "A", "-");
        assertThat(refusal(builder, new Wanted(Integer.MAX_VALUE, FileDigests.SKIP))
                        .reason())
                .isEqualTo(MirrorReason.TOO_LARGE);
        assertThat(read(builder, Wanted.USUAL).changelogs()).hasSize(10);
    }

    @Test
    void text_that_is_no_utf8_is_latin1() {
        byte[] latin1 = "caf\u00e9 \u0085x\0".getBytes(StandardCharsets.ISO_8859_1);
        RpmPackage rpm =
                rpm(RpmBuilder.of("a", "1", "1").rawTag(1004, 9, 1, latin1).build());
        assertThat(rpm.texts().summary()).isEqualTo("caf\u00e9 x");
    }

    @Test
    void a_path_of_two_encodings_is_taken_byte_by_byte() {
        RpmBuilder builder = RpmBuilder.of("a", "1", "1")
                .add(RpmEntry.file("/a/b", "x"))
                .rawTag(1117, STRINGS, 1, new byte[] {(byte) 0xe9, 0})
                .rawTag(1118, STRINGS, 1, "/\u00e9/\0".getBytes(StandardCharsets.UTF_8));
        assertThat(rpm(builder.build()).files()).extracting(PackageFile::path).containsExactly("/\u00c3/\u00e9");
    }

    @Test
    void control_bytes_names_and_lists_that_do_not_fit_are_refused() {
        assertThat(detail(RpmBuilder.of("a", "1", "1").description("\u0007")))
                .matches("the text of tag 1005 has the control byte 7 at byte \\d+, which no metadata can carry");
        assertThat(detail(RpmBuilder.of("a", "1", "1").summary("\uffff"))).contains("tag 1004", "U+FFFF");
        assertThat(detail(RpmBuilder.of("a", "1", "1").without(1000)))
                .isEqualTo("the main header has no name (tag 1000)");
        assertThat(detail(RpmBuilder.of("a", "1", "1").rawTag(1000, 4, 1, new byte[4])))
                .matches("tag 1000 at byte \\d+ has type 4; expected text");
        assertThat(detail(RpmBuilder.of("a", "1", "1").rawTag(1112, 4, 2, new byte[8])))
                .isEqualTo("tags 1047, 1112 and 1113 have 1 names, 2 flags and 1 versions");
        assertThat(detail(RpmBuilder.of("a", "1", "1").changelog(1, "A", "-").without(1082)))
                .isEqualTo("the change log has 1 times, 1 authors and 0 texts");
        RpmBuilder files = RpmBuilder.of("a", "1", "1").add(RpmEntry.file("/a/b", "x"));
        assertThat(detail(files.rawTag(1116, 4, 1, new byte[] {0, 0, 0, 1}))).isEqualTo("file 0 lies in folder 1 of 1");
        assertThat(detail(files.rawTag(1030, 3, 2, new byte[4]))).isEqualTo("tag 1030 has 2 elements for 1 files");
    }

    @Test
    void a_path_longer_than_any_system_has_is_refused() {
        String folder = "/" + String.join("/", Collections.nCopies(2500, "x")) + "/";
        RpmBuilder builder = RpmBuilder.of("a", "1", "1")
                .add(RpmEntry.file("/a/b", "x"))
                .rawTag(1118, STRINGS, 1, (folder + "\0").getBytes(StandardCharsets.US_ASCII));
        assertThat(refusal(builder, Wanted.USUAL).reason()).isEqualTo(MirrorReason.TOO_LARGE);
    }

    @Test
    void a_package_proves_all_of_itself_and_one_flipped_bit_is_found() throws IOException {
        byte[] file = GoldenRpm.read("hello.bin");
        RpmDigests digests = RpmDigests.of(GoldenRpm.headers(file), file.length);
        assertThat(digests.proof()).isEqualTo(RpmDigests.Proof.WHOLE);
        assertThat(check(digests, file)).isEmpty();
        int payload = (int) GoldenRpm.headers(file).range().end();
        file[payload + 5] ^= 1;
        assertThat(check(digests, file)).singleElement().asString().startsWith("the payload (bytes " + payload);
        file[payload + 5] ^= 1;
        file[payload - 40] ^= 1;
        assertThat(check(digests, file)).singleElement().asString().startsWith("the main header (bytes 360 to");
        assertThat(RpmDigests.of(GoldenRpm.headers(file), file.length + 1).problems())
                .singleElement()
                .asString()
                .startsWith("header and payload have");
    }

    @Test
    void an_old_package_is_proved_by_its_md5() throws IOException {
        byte[] file = GoldenRpm.read("old.bin");
        RpmDigests digests = RpmDigests.of(GoldenRpm.headers(file), file.length);
        assertThat(check(digests, file)).isEmpty();
        file[file.length - 1] ^= 1;
        assertThat(check(digests, file)).singleElement().asString().contains("MD5");
    }

    private static List<String> check(RpmDigests digests, byte[] file) {
        RpmDigestCheck check = digests.check();
        for (int at = 0; at < file.length; at += 100) {
            check.feed(ByteBuffer.wrap(file, at, Math.min(100, file.length - at)));
        }
        return check.end();
    }

    private static org.assertj.core.groups.Tuple tuple(String author, long time) {
        return org.assertj.core.groups.Tuple.tuple(author, time);
    }

    private static List<String> requires(RpmBuilder builder) {
        return rpm(builder.build()).of(Kind.REQUIRES).stream()
                .map(Dependency::name)
                .toList();
    }

    private static String detail(RpmBuilder builder) {
        return refusal(builder, Wanted.USUAL).detail();
    }

    private static PackageRead.Refused refusal(RpmBuilder builder, Wanted wanted) {
        return (PackageRead.Refused) GoldenRpm.packageOf(builder.build(), wanted);
    }

    private static RpmPackage read(RpmBuilder builder, Wanted wanted) {
        return ((PackageRead.Read) GoldenRpm.packageOf(builder.build(), wanted)).rpm();
    }

    private static RpmPackage rpm(byte[] file) {
        return ((PackageRead.Read) GoldenRpm.packageOf(file, Wanted.USUAL)).rpm();
    }
}
