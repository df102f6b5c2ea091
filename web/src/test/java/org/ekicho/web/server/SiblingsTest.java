package org.ekicho.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ekicho.mirror.settings.ServeSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients are sent to another server only for what it has.
class SiblingsTest {
    @TempDir
    Path folder;

    private TestMirror mirror(String name, String snapshot, String... siblings) throws IOException {
        TestMirror mirror = new TestMirror(
                folder.resolve(name),
                new ServeSettings(
                        List.of("127.0.0.1:0"),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(siblings)));
        mirror.file(snapshot, "repodata/repomd.xml", "<one/>");
        mirror.point(snapshot);
        return mirror;
    }

    private static String address(TestMirror mirror) {
        return "http://127.0.0.1:" + mirror.port();
    }

    @Test
    void only_those_that_have_the_snapshot_are_named() throws IOException {
        try (TestMirror same = mirror("same", TestMirror.ONE);
                TestMirror other = mirror("other", TestMirror.TWO);
                ServerSocket silent = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                TestMirror ours = mirror(
                        "ours",
                        TestMirror.ONE,
                        address(other),
                        "http://127.0.0.1:" + silent.getLocalPort(),
                        "http://127.0.0.1:1",
                        address(same))) {
            String snapshot = "/snapshots/base/" + TestMirror.ONE + "/";
            for (int i = 0; i < 2; i++) {
                assertThat(Answer.get(ours.port(), "/mirrorlist/latest/base").text())
                        .isEqualTo("http://mirror.lan" + snapshot + "\n" + address(same) + snapshot + "\n");
                assertThat(Answer.get(ours.port(), "/metalink/latest/base").text())
                        .contains(
                                "preference=\"100\">http://mirror.lan" + snapshot,
                                "preference=\"99\">" + address(same) + snapshot)
                        .doesNotContain(address(other), "127.0.0.1:1/");
            }
        }
    }
}
