package org.ekicho.mirror.repodata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.hash.HashType;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class RepomdWriterTest {
    private static final Checksum SUM = new Checksum(HashType.SHA256, "ab".repeat(32));

    @Test
    void writes_what_createrepo_c_wrote_byte_for_byte() throws IOException {
        String golden = golden();
        Repomd repomd = new Repomd(
                "r<1>&\"x\"",
                List.of(
                        new Repomd.Tag("repo", "r\"x", Optional.empty()),
                        new Repomd.Tag("content", "c&<\"", Optional.empty()),
                        new Repomd.Tag("distro", "Dis<tro", Optional.of("cpe:/o:x\"y")),
                        new Repomd.Tag("content", "c2", Optional.empty()),
                        new Repomd.Tag("distro", "plain", Optional.empty())),
                records(golden));
        assertThat(repomd.records()).hasSize(6);
        assertThat(new String(RepomdWriter.write(repomd), StandardCharsets.UTF_8))
                .isEqualTo(golden);
    }

    @Test
    void leaves_out_what_is_absent() {
        String text = new String(
                RepomdWriter.write(new Repomd("", List.of(), List.of(bare("custom")))), StandardCharsets.UTF_8);
        assertThat(text)
                .contains("<data type=\"custom\">")
                .doesNotContain("revision", "tags", "timestamp", "size", "open-", "header-", "database");
    }

    @Test
    void writes_the_header_of_zchunk_in_createrepo_cs_order() {
        RepomdRecord zck = new RepomdRecord(
                "primary_zck",
                "repodata/p.zck",
                SUM,
                Optional.of(SUM),
                Optional.of(SUM),
                1,
                OptionalLong.of(2),
                OptionalLong.of(3),
                OptionalLong.of(4),
                OptionalInt.empty());
        String text = new String(RepomdWriter.write(new Repomd("1", List.of(), List.of(zck))), StandardCharsets.UTF_8);
        assertThat(text.indexOf("<header-checksum"))
                .isBetween(text.indexOf("<open-checksum"), text.indexOf("<location"));
        assertThat(text).contains("<open-size>3</open-size>\n    <header-size>4</header-size>\n");
    }

    @Test
    void never_writes_what_an_xml_parser_refuses() throws Exception {
        String odd = "a\u0000b\u001b[0m\ud800c\uffff\r\n\t\ud83d\ude89<>&\"'";
        Repomd repomd = new Repomd(odd, List.of(new Repomd.Tag("distro", odd, Optional.of(odd))), List.of(bare(odd)));
        String text = new String(RepomdWriter.write(repomd), StandardCharsets.UTF_8);
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(text)));
        String kept = "ab[0mc\r\n\t\ud83d\ude89<>&\"'";
        assertThat(document.getElementsByTagName("revision").item(0).getTextContent())
                .isEqualTo(kept);
        var distro = document.getElementsByTagName("distro").item(0);
        assertThat(distro.getAttributes().getNamedItem("cpeid").getNodeValue()).isEqualTo(kept);
    }

    private static RepomdRecord bare(String type) {
        return new RepomdRecord(
                type,
                "repodata/x",
                SUM,
                Optional.empty(),
                Optional.empty(),
                0,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalInt.empty());
    }

    private static List<RepomdRecord> records(String golden) {
        Matcher data = Pattern.compile("<data type=\"(.*?)\">.*?</data>", Pattern.DOTALL)
                .matcher(golden);
        List<RepomdRecord> records = new ArrayList<>();
        while (data.find()) {
            String block = data.group();
            records.add(new RepomdRecord(
                    data.group(1),
                    first(block, "href=\"(.*?)\""),
                    new Checksum(HashType.SHA256, first(block, "<checksum type=\"sha256\">(.*?)<")),
                    Optional.of(new Checksum(HashType.SHA256, first(block, "<open-checksum type=\"sha256\">(.*?)<"))),
                    Optional.empty(),
                    Long.parseLong(first(block, "<timestamp>(.*?)<")),
                    OptionalLong.of(Long.parseLong(first(block, "<size>(.*?)<"))),
                    OptionalLong.of(Long.parseLong(first(block, "<open-size>(.*?)<"))),
                    OptionalLong.empty(),
                    block.contains("database_version") ? OptionalInt.of(10) : OptionalInt.empty()));
        }
        return records;
    }

    private static String first(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static String golden() throws IOException {
        try (InputStream in = RepomdWriterTest.class.getResourceAsStream("/golden/repodata/repomd-createrepo_c.xml")) {
            return new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
