package org.ekicho.mirror.repodata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.xml.Endless;
import org.junit.jupiter.api.Test;

class RepomdReaderTest {
    private static final String SHA = "0123456789abcdef".repeat(4);

    @Test
    void reads_what_createrepo_writes() throws IOException {
        Repomd repomd = read("""
                <?xml version="1.0" encoding="UTF-8"?>
                <repomd xmlns="http://linux.duke.edu/metadata/repo" xmlns:rpm="http://linux.duke.edu/metadata/rpm">
                  <revision>1767225600</revision>
                  <tags><content>binary</content><distro cpeid="cpe:/o:x">Some 9</distro></tags>
                  <data type="primary">
                    <checksum type="sha256">%1$s</checksum>
                    <open-checksum type="sha256">%1$s</open-checksum>
                    <location href="repodata/x-primary.xml.gz"/>
                    <timestamp>1767225601.5</timestamp>
                    <size>10</size>
                    <open-size>20</open-size>
                    <never-heard-of><a/></never-heard-of>
                  </data>
                  <data type="primary_db">
                    <checksum type="sha">%2$s</checksum>
                    <location href="./repodata/x-primary.sqlite.bz2"/>
                    <database_version>10</database_version>
                  </data>
                </repomd>
                """.formatted(SHA, SHA.substring(0, 40)));
        assertThat(repomd.revision()).isEqualTo("1767225600");
        assertThat(repomd.tags()).extracting(Repomd.Tag::text).containsExactly("binary", "Some 9");
        RepomdRecord primary = repomd.record("primary").orElseThrow();
        assertThat(primary.timestamp()).isEqualTo(1767225601);
        assertThat(primary.size()).hasValue(10);
        assertThat(primary.openSize()).hasValue(20);
        assertThat(primary.openChecksum()).contains(primary.checksum());
        RepomdRecord database = repomd.record("primary_db").orElseThrow();
        assertThat(database.databaseVersion()).hasValue(10);
        assertThat(database.location()).isEqualTo("repodata/x-primary.sqlite.bz2");
    }

    @Test
    void knows_a_login_page_by_its_root_element() throws IOException {
        assertThat(refusal("<html><body>Please log in</body></html>").reason())
                .isEqualTo(MirrorReason.NOT_WHAT_IT_SHOULD_BE);
        assertThat(refusal("").reason()).isEqualTo(MirrorReason.NOT_WHAT_IT_SHOULD_BE);
        assertThat(refusal("Not found").reason()).isEqualTo(MirrorReason.NOT_WHAT_IT_SHOULD_BE);
        assertThat(refusal("<!DOCTYPE html>\n<html><p>Log in</html>").reason())
                .isIn(MirrorReason.NOT_WHAT_IT_SHOULD_BE, MirrorReason.FORBIDDEN_XML);
    }

    @Test
    void refuses_entities_before_they_grow() throws IOException {
        assertThat(refusal("""
                                <!DOCTYPE repomd [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>
                                <repomd><revision>&b;</revision></repomd>
                                """).reason()).isEqualTo(MirrorReason.FORBIDDEN_XML);
        assertThat(refusal("<repomd><revision>&x;</revision></repomd>").reason())
                .isEqualTo(MirrorReason.FORBIDDEN_XML);
    }

    @Test
    void refuses_what_would_fill_the_heap() throws IOException {
        assertThat(refusal("<repomd>" + "<a>".repeat(100)).reason()).isEqualTo(MirrorReason.TOO_LARGE);
        Endless endless = new Endless("<repomd><data type=\"", "a");
        assertThat(refused(RepomdReader.read(endless)).reason()).isEqualTo(MirrorReason.TOO_LARGE);
        assertThat(endless.taken()).isLessThan(6 << 20);
        StringBuilder names = new StringBuilder("<repomd>");
        for (int i = 0; i < 2000; i++) {
            names.append("<n").append(i).append("/>");
        }
        assertThat(refusal(names + "</repomd>").reason()).isEqualTo(MirrorReason.TOO_LARGE);
        String inner = names.toString().replace("<repomd>", "<repomd><a><b>");
        assertThat(refusal(inner + "</b></a></repomd>").reason()).isEqualTo(MirrorReason.TOO_LARGE);
        String attributes = inner.replaceAll("<n([0-9]+)/>", "<n a$1=''/>");
        assertThat(refusal(attributes + "</b></a></repomd>").reason()).isEqualTo(MirrorReason.TOO_LARGE);
        String namespaces = inner.replaceAll("<n([0-9]+)/>", "<n xmlns:a$1='u'/>");
        assertThat(refusal(namespaces + "</b></a></repomd>").reason()).isEqualTo(MirrorReason.TOO_LARGE);
    }

    @Test
    void says_where_a_record_is_bad() throws IOException {
        Refusal outside = refusal("<repomd>\n<data type=\"primary\"><location href=\"../x\"/></data></repomd>");
        assertThat(outside.reason()).isEqualTo(MirrorReason.BAD_LOCATION);
        assertThat(outside.line()).isEqualTo(2);
        assertThat(refusal(
                                "<repomd><data type=\"primary\"><location xml:base=\"http://evil/\" href=\"x\"/></data></repomd>")
                        .reason())
                .isEqualTo(MirrorReason.BAD_LOCATION);
        assertThat(refusal(data("<location href='a'/><checksum type='sha256'>12</checksum>"))
                        .reason())
                .isEqualTo(MirrorReason.MALFORMED);
        assertThat(refusal(data("<location href='a'/>")).detail()).contains("no checksum");
        String good = "<location href='a'/><checksum type='sha256'>" + SHA + "</checksum>";
        assertThat(refusal(data(good + "<size>-1</size>")).detail()).contains("-1");
        assertThat(refusal(data(good + "<size>4611686018427387904</size>")).reason())
                .isEqualTo(MirrorReason.MALFORMED);
        assertThat(refusal(data(good).replace("</repomd>", "") + data(good).replace("<repomd>", ""))
                        .detail())
                .contains("two records");
    }

    @Test
    void refuses_what_the_parser_stumbles_over() throws IOException {
        for (String text :
                new String[] {"<xmlns:repomd/>", "<repomd><xmlns:data/></repomd>", "<repomd xmlns:xmlns='a'/>"}) {
            assertThat(refused(RepomdReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))))
                            .reason())
                    .as(text)
                    .isIn(MirrorReason.MALFORMED, MirrorReason.NOT_WHAT_IT_SHOULD_BE);
        }
    }

    @Test
    void tells_the_stream_s_failure_from_malformed_text() throws IOException {
        byte[] utf32 = {0, 0, 0, '<', 0x65, 0x76, 0x20, (byte) 0xbc, 1, 2, 3, 4};
        assertThat(refused(RepomdReader.read(new ByteArrayInputStream(utf32))).reason())
                .isEqualTo(MirrorReason.NOT_WHAT_IT_SHOULD_BE);
        byte[] latin = "<repomd><revision>\u00e9</revision></repomd>".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(refused(RepomdReader.read(new ByteArrayInputStream(latin))).reason())
                .isEqualTo(MirrorReason.MALFORMED);
        InputStream broken = new SequenceInputStream(
                new ByteArrayInputStream("<repomd>".getBytes(StandardCharsets.UTF_8)), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the connection broke");
                    }

                    @Override
                    public int read(byte[] to, int offset, int length) throws IOException {
                        throw new IOException("the connection broke");
                    }
                });
        assertThatThrownBy(() -> RepomdReader.read(broken))
                .isInstanceOf(IOException.class)
                .hasMessage("the connection broke");
    }

    private static String data(String inside) {
        return "<repomd><data type='primary'>" + inside + "</data></repomd>";
    }

    private static Repomd read(String text) throws IOException {
        Reading<Repomd> reading = RepomdReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(reading).isInstanceOf(Reading.Done.class);
        return ((Reading.Done<Repomd>) reading).value();
    }

    private static Refusal refusal(String text) throws IOException {
        return refused(RepomdReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
    }

    private static Refusal refused(Reading<Repomd> reading) {
        assertThat(reading).isInstanceOf(Reading.Refused.class);
        return ((Reading.Refused<Repomd>) reading).refusal();
    }
}
