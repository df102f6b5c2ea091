package org.ekicho.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ekicho.web.WebReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebServerTest {
    private static final String REPOMD = "/latest/base/repodata/repomd.xml";
    private static final byte[] PACKAGE = bytes(300_000);

    @TempDir
    Path folder;

    private TestMirror mirror;
    private int port;

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    @BeforeEach
    void publish() throws IOException {
        mirror = new TestMirror(folder);
        mirror.file(TestMirror.ONE, "repodata/repomd.xml", "<one><timestamp>17</timestamp></one>");
        mirror.file(TestMirror.ONE, "repodata/" + "a".repeat(64) + "-primary.xml.gz", "primary");
        Path rpm = mirror.file(TestMirror.ONE, "Packages/p+1.rpm", PACKAGE);
        mirror.file(TestMirror.TWO, "repodata/repomd.xml", "<two><timestamp>18</timestamp></two>");
        Files.createDirectories(folder.resolve("snapshots/base/" + TestMirror.TWO + "/Packages"));
        Files.createLink(folder.resolve("snapshots/base/" + TestMirror.TWO + "/Packages/p+1.rpm"), rpm);
        mirror.point(TestMirror.ONE);
        port = mirror.port();
    }

    @AfterEach
    void close() {
        mirror.close();
    }

    @Test
    void serves_files_with_what_caches_need() throws IOException {
        Answer root = Answer.get(port, REPOMD);
        assertThat(root.status()).isEqualTo(200);
        assertThat(root.text()).startsWith("<one>");
        assertThat(root.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(root.header("Content-Type")).isEqualTo("text/xml");
        assertThat(root.header("ETag")).matches("\"[0-9a-f-]+\"");
        String unique = "/latest/base/repodata/" + "a".repeat(64) + "-primary.xml.gz";
        assertThat(Answer.get(port, unique).header("Cache-Control")).contains("immutable");
        assertThat(Answer.get(port, "/latest/base/Packages/p+1.rpm").header("Cache-Control"))
                .isEqualTo("no-cache");
        Answer rpm = Answer.get(port, "/snapshots/base/" + TestMirror.ONE + "/Packages/p%2B1.rpm");
        assertThat(rpm.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(rpm.header("Last-Modified")).isEqualTo("Tue, 14 Nov 2023 22:13:20 GMT");
        assertThat(rpm.body()).isEqualTo(PACKAGE);
    }

    @Test
    void the_same_content_has_the_same_tag_in_each_snapshot_and_another_has_another() throws IOException {
        String one = "/snapshots/base/" + TestMirror.ONE;
        String two = "/snapshots/base/" + TestMirror.TWO;
        assertThat(Answer.get(port, one + "/Packages/p+1.rpm").header("ETag"))
                .isEqualTo(Answer.get(port, two + "/Packages/p+1.rpm").header("ETag"));
        assertThat(Answer.get(port, one + "/repodata/repomd.xml").header("ETag"))
                .as("same size and date, other bytes")
                .isNotEqualTo(Answer.get(port, two + "/repodata/repomd.xml").header("ETag"));
    }

    @Test
    void answers_conditions_and_heads() throws IOException {
        String path = "/snapshots/base/" + TestMirror.ONE + "/Packages/p+1.rpm";
        Answer first = Answer.get(port, path);
        Answer same = Answer.get(port, path, "If-None-Match: " + first.header("ETag"));
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(Answer.get(port, path, "If-Modified-Since: " + first.header("Last-Modified"))
                        .status())
                .isEqualTo(304);
        assertThat(Answer.get(port, path, "If-Match: \"other\"").status()).isEqualTo(412);
        Answer head = Answer.to(port, "HEAD " + path + " HTTP/1.1");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo("300000");
    }

    @Test
    void an_old_date_is_not_taken_for_the_new_file_after_a_switch() throws IOException {
        String date = Answer.get(port, "/snapshots/base/" + TestMirror.ONE + "/repodata/repomd.xml")
                .header("Last-Modified");
        mirror.point(TestMirror.TWO);
        assertThat(Answer.get(port, REPOMD, "If-Modified-Since: " + date).text())
                .startsWith("<two>");
    }

    @Test
    void sends_a_part() throws IOException {
        String path = "/latest/base/Packages/p+1.rpm";
        Answer part = Answer.get(port, path, "Range: bytes=1000-200999");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.header("Content-Range")).isEqualTo("bytes 1000-200999/300000");
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(PACKAGE, 1000, 201_000));
        assertThat(Answer.get(port, REPOMD, "Range: bytes=1-3").text()).isEqualTo("one");
        assertThat(Answer.get(port, path, "Range: bytes=300000-").status()).isEqualTo(416);
        assertThat(Answer.get(port, path, "Range: bytes=0-9", "If-Range: \"other\"")
                        .body())
                .hasSize(300_000);
    }

    @Test
    void sends_several_parts_byte_by_byte_as_the_standard_draws_them() throws IOException {
        List<int[]> ranges = new ArrayList<>();
        StringBuilder asked = new StringBuilder("Range: bytes=");
        for (int i = 0; i < 256; i++) {
            ranges.add(new int[] {i * 1000, i * 1000 + 600});
            asked.append(i == 0 ? "" : ",").append(i * 1000).append('-').append(i * 1000 + 599);
        }
        Answer parts = Answer.get(port, "/latest/base/Packages/p+1.rpm", asked.toString());
        assertThat(parts.status()).isEqualTo(206);
        String type = parts.header("Content-Type");
        String boundary = type.substring(type.indexOf("boundary=") + 9);
        assertThat(type).isEqualTo("multipart/byteranges; boundary=" + boundary);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int[] range : ranges) {
            expected.writeBytes(("\r\n--" + boundary + "\r\nContent-Type: application/x-rpm\r\nContent-Range: bytes "
                            + range[0] + "-" + (range[1] - 1) + "/300000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            expected.write(PACKAGE, range[0], 600);
        }
        expected.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        assertThat(parts.body()).isEqualTo(expected.toByteArray());
    }

    @Test
    void answers_tricks_with_404_and_counts_them() throws IOException {
        Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(folder.resolve("www/out"), Path.of("../secret"));
        Files.createSymbolicLink(folder.resolve("www/etc"), Path.of("/etc"));
        Files.writeString(folder.resolve("www/.hidden"), "secret");
        for (String path : List.of(
                "/../secret",
                "/%2e%2e/secret",
                "/latest/..%2f..%2fsecret",
                "/out",
                "/etc/passwd",
                "//etc/passwd",
                "/.hidden",
                "/%2ehidden",
                "/latest/%00",
                "/latest\\..\\secret",
                "/..%5csecret",
                "/latest/./base",
                "/nothing",
                "/latest/base/repodata/repomd.xml/",
                "/latest/base/repodata/repomd.xml/x",
                "/%c0%ae./secret")) {
            Answer answer = Answer.get(port, path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.text()).as(path).doesNotContain("secret\n");
        }
        assertThat(mirror.server.traffic().refused())
                .extracting(WebTraffic.Refusals::reason)
                .contains(
                        WebReason.DOTS,
                        WebReason.ENCODED_SLASH,
                        WebReason.LEAVES_THE_FOLDER,
                        WebReason.EMPTY_PART,
                        WebReason.HIDDEN,
                        WebReason.CONTROL_CHARACTER,
                        WebReason.BACKSLASH,
                        WebReason.BAD_ESCAPE,
                        WebReason.NOT_THERE);
        assertThat(Answer.to(port, "POST / HTTP/1.1", "Content-Length: 0").status())
                .isEqualTo(405);
        assertThat(Answer.get(port, "/" + "a".repeat(5000)).status()).isEqualTo(414);
        assertThat(Answer.get(port, "/", "X: " + "a".repeat(17_000)).status()).isEqualTo(431);
    }

    @Test
    void keeps_a_connection_for_many_requests() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            for (int i = 0; i < 100; i++) {
                assertThat(Answer.on(socket, "GET " + REPOMD + " HTTP/1.1").status())
                        .isEqualTo(200);
                assertThat(Answer.on(socket, "GET /latest/base/Packages/p+1.rpm HTTP/1.1")
                                .body())
                        .isEqualTo(PACKAGE);
            }
        }
        // The last is counted when the kernel has taken it, which its client may see earlier.
        for (int i = 0; i < 1000 && mirror.server.traffic().requests() < 200; i++) {
            Thread.sleep(10);
        }
        assertThat(mirror.server.traffic().requests()).isEqualTo(200);
    }

    @Test
    void says_what_is_wrong_and_what_to_do_to_programs_and_to_people() throws IOException {
        assertThat(Answer.get(port, "/latest/none").text())
                .isEqualTo("404: there is nothing at this path; the start page / shows what is offered\n");
        Answer page = Answer.get(port, "/latest/none", "Accept: text/html,*/*");
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.text()).contains("there is nothing at this path", "href=\"/\"");
    }

    @Test
    void lists_folders_for_people() throws IOException {
        Answer moved = Answer.get(port, "/latest/base?by=size");
        assertThat(moved.status()).isEqualTo(301);
        assertThat(moved.header("Location")).isEqualTo("/latest/base/?by=size");
        assertThat(Answer.get(port, "/latest/base/").text()).contains("href=\"./Packages/\"", "href=\"./repodata/\"");
        assertThat(Answer.get(port, "/").text())
                .contains("/snapshots/base/" + TestMirror.ONE + "/", "http://mirror.lan/adopt.sh");
    }

    @Test
    void lists_hand_out_the_address_of_one_snapshot() throws IOException {
        assertThat(Answer.get(port, "/mirrorlist/latest/base").text())
                .isEqualTo("http://mirror.lan/snapshots/base/" + TestMirror.ONE + "/\n");
        assertThat(Answer.get(port, "/metalink/latest/base").text())
                .contains("<mm0:timestamp>17</mm0:timestamp>", "<size>36</size>", "type=\"sha256\"")
                .contains("preference=\"100\">http://mirror.lan/snapshots/base/" + TestMirror.ONE
                        + "/repodata/repomd.xml</url>");
        mirror.point(TestMirror.TWO);
        assertThat(Answer.get(port, "/mirrorlist/latest/base").text()).contains(TestMirror.TWO);
        for (String none :
                List.of("/mirrorlist/latest/none", "/mirrorlist/latest", "/metalink/../base", "/mirrorlist/")) {
            assertThat(Answer.get(port, none).status()).as(none).isEqualTo(404);
        }
        assertThat(Answer.get(port, "/client/latest.repo?for=el9").text()).contains("for=el9", "http://mirror.lan");
        assertThat(Answer.get(port, "/adopt.sh").text()).startsWith("#!/bin/sh");
    }

    @Test
    void a_client_with_older_metadata_finds_its_packages_below_the_newest_snapshot() throws IOException {
        mirror.file(TestMirror.TWO, "Packages/old-1.rpm", "a package of the snapshot before");
        String newest = "/snapshots/base/" + TestMirror.ONE + "/";
        assertThat(Answer.get(port, newest + "Packages/old-1.rpm").status()).isEqualTo(404);
        mirror.point(TestMirror.TWO);
        assertThat(Answer.get(port, newest + "Packages/old-1.rpm").text())
                .isEqualTo("a package of the snapshot before");
        mirror.file(TestMirror.TWO, "repodata/repomd.xml.asc", "signature");
        assertThat(Answer.get(port, newest + "repodata/repomd.xml.asc").status())
                .isEqualTo(404);
        assertThat(Answer.get(port, newest + "Packages/none.rpm").status()).isEqualTo(404);
    }

    @Test
    void a_thousand_idle_connections_do_not_keep_anybody_waiting() throws IOException {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 1000; i++) {
                idle.add(new Socket(InetAddress.getLoopbackAddress(), port));
            }
            assertThat(Answer.on(idle.get(500), "GET " + REPOMD + " HTTP/1.1").status())
                    .isEqualTo(200);
            assertThat(Answer.get(port, REPOMD).status()).isEqualTo(200);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void writes_one_line_for_each_answer_with_what_was_sent() throws IOException {
        Answer.get(port, REPOMD, "User-Agent: a\"b\\c", "Referer: http://x/");
        Answer.get(port, "/latest/base/Packages/p+1.rpm", "Range: bytes=0-99999");
        Answer.to(port, "HEAD " + REPOMD + " HTTP/1.0");
        Answer.get(port, "/%00?q=1");
        List<String> lines = mirror.logged();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0))
                .matches(
                        "127\\.0\\.0\\.1 - - \\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}] \""
                                + "GET /latest/base/repodata/repomd.xml HTTP/1\\.1\" 200 36 \"http://x/\" \"a\\\\x22b\\\\x5Cc\"");
        assertThat(lines.get(1)).contains("\"GET /latest/base/Packages/p+1.rpm HTTP/1.1\" 206 100000 \"-\" \"-\"");
        assertThat(lines.get(2)).contains("\"HEAD /latest/base/repodata/repomd.xml HTTP/1.0\" 200 0 ");
        assertThat(lines.get(3)).contains("\"GET /%00?q=1 HTTP/1.1\" 404 ");
        assertThat(mirror.log.lost()).isZero();
    }
}
