package org.ekicho.mirror.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.SnapshotId;
import org.junit.jupiter.api.Test;

class ClientReportTest {
    private static final RepoId BASE = new RepoId("base");
    private static final SnapshotId ONE = new SnapshotId("20261101T000000Z-00000001");
    private static final SnapshotId TWO = new SnapshotId("20261110T000000Z-00000002");
    private static final SnapshotId THREE = new SnapshotId("20261120T000000Z-00000003");
    private static final ChannelName PROD = new ChannelName("prod");
    private static final ServedHistory HISTORY = new ServedHistory(
            List.of(
                    at(ChannelName.LATEST, "2026-11-01T00:00:00Z", ONE),
                    at(PROD, "2026-11-05T00:00:00Z", ONE),
                    at(ChannelName.LATEST, "2026-11-10T00:00:00Z", TWO),
                    at(ChannelName.LATEST, "2026-11-20T00:00:00Z", THREE),
                    at(PROD, "2026-11-21T00:00:00Z", THREE)),
            Map.of(BASE, List.of(ONE, TWO, THREE)),
            Map.of("centos/7/os/x86_64", BASE));

    private final ClientReport report = new ClientReport(HISTORY, Instant.EPOCH);

    private static ServedHistory.Switch at(ChannelName channel, String since, SnapshotId id) {
        return new ServedHistory.Switch(channel, Instant.parse(since), Map.of(BASE, id));
    }

    private void line(String client, String when, String path, int status, long bytes) {
        String stamp = DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(Instant.parse(when));
        report.add(client + " - - [" + stamp + "] \"GET " + path + " HTTP/1.1\" " + status + " " + bytes
                + " \"-\" \"libdnf (Rocky Linux 9.4; generic; Linux.x86_64)\"");
    }

    @Test
    void a_channel_s_repomd_is_the_snapshot_that_it_showed_then() {
        line("10.0.0.1", "2026-11-12T10:00:00Z", "/latest/base/repodata/repomd.xml", 200, 3000);
        assertThat(report.clients()).singleElement().satisfies(client -> {
            assertThat(client.os()).isEqualTo("Rocky Linux 9.4");
            assertThat(client.repos())
                    .containsExactly(new ClientUse.RepoUse("base", "latest", TWO.text(), "2026-11-12T10:00:00Z", 1));
            assertThat(client.isBehind()).isTrue();
        });
    }

    @Test
    void an_unchanged_repomd_counts_as_fetched_and_an_error_does_not() {
        line("10.0.0.1", "2026-11-12T10:00:00Z", "/latest/base/repodata/repomd.xml", 200, 3000);
        line("10.0.0.1", "2026-11-22T10:00:00Z", "/latest/base/repodata/repomd.xml", 304, 0);
        assertThat(report.clients().getFirst().isBehind()).isFalse();
        line("10.0.0.2", "2026-11-22T10:00:00Z", "/latest/base/repodata/repomd.xml", 503, 0);
        assertThat(report.clients().get(1)).satisfies(client -> {
            assertThat(client.client()).isEqualTo("10.0.0.2");
            assertThat(client.repos()).isEmpty();
            assertThat(client.lastError()).isEqualTo("503 /latest/base/repodata/repomd.xml");
        });
    }

    @Test
    void who_follows_a_channel_is_behind_only_by_what_the_channel_offered() {
        line("10.0.0.1", "2026-11-06T10:00:00Z", "/prod/base/repodata/repomd.xml", 200, 3000);
        assertThat(report.clients().getFirst().repos().getFirst().behind()).isEqualTo(1);
    }

    @Test
    void a_mirrorlist_tells_the_channel_of_a_snapshot_s_address() {
        line("10.0.0.1", "2026-11-06T10:00:00Z", "/mirrorlist/prod/base", 200, 100);
        line("10.0.0.1", "2026-11-06T10:00:01Z", "/snapshots/base/" + ONE + "/repodata/repomd.xml", 200, 3000);
        assertThat(report.clients().getFirst().repos())
                .containsExactly(new ClientUse.RepoUse("base", "prod", ONE.text(), "2026-11-06T10:00:01Z", 1));
        line("10.0.0.2", "2026-11-06T10:00:01Z", "/snapshots/base/" + ONE + "/repodata/repomd.xml", 200, 3000);
        assertThat(report.clients().get(1).repos().getFirst().behind())
                .as("no channel known: of all snapshots")
                .isEqualTo(2);
    }

    @Test
    void an_old_address_is_latest() {
        line("10.0.0.1", "2026-11-22T10:00:00Z", "/centos/7/os/x86_64/repodata/repomd.xml", 200, 3000);
        assertThat(report.clients().getFirst().repos().getFirst().snapshot()).isEqualTo(THREE.text());
    }

    @Test
    void counts_packages_once_though_they_come_in_parts() {
        line("10.0.0.1", "2026-11-22T10:00:00Z", "/latest/base/Packages/b/bash.rpm", 206, 10);
        line("10.0.0.1", "2026-11-22T10:00:01Z", "/latest/base/Packages/b/bash.rpm", 206, 20);
        line("10.0.0.1", "2026-11-22T10:00:02Z", "/latest/base/Packages/z/zsh.rpm", 200, 30);
        ClientUse client = report.clients().getFirst();
        assertThat(client.packages()).isEqualTo(2);
        assertThat(client.bytes()).isEqualTo(60);
        assertThat(client.latest()).containsExactly("zsh.rpm", "bash.rpm");
        assertThat(client.repos().getFirst().fetched()).isEmpty();
    }

    @Test
    void leaves_out_what_is_older_and_counts_what_is_no_line() {
        ClientReport late = new ClientReport(HISTORY, Instant.parse("2027-01-01T00:00:00Z"));
        late.add("10.0.0.1 - - [27/Nov/2026:04:51:27 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"");
        late.add("rubbish");
        assertThat(late.clients()).isEmpty();
        assertThat(late.lines()).isZero();
        assertThat(late.unread()).isEqualTo(1);
    }

    @Test
    void forgets_who_was_not_seen_for_longest_when_there_are_too_many() {
        for (int i = 0; i <= ClientReport.MAX_CLIENTS; i++) {
            line("client-" + i, "2026-11-22T10:00:00Z", "/", 200, 1);
        }
        assertThat(report.forgotten()).isEqualTo(1);
        assertThat(report.clients())
                .hasSize(ClientReport.MAX_CLIENTS)
                .noneMatch(c -> c.client().equals("client-0"));
    }

    @Test
    void the_table_names_who_is_behind_and_prints_nothing_that_a_client_made_up() {
        line("10.0.0.1", "2026-11-12T10:00:00Z", "/latest/base/repodata/repomd.xml", 200, 3000);
        line("10.0.0.2", "2026-11-12T10:00:00Z", "/x\\x1b[31m", 404, 9);
        String table = ClientReportText.format(report.clients(), Instant.parse("2026-11-12T10:05:00Z"));
        assertThat(table)
                .contains("10.0.0.1           5m  libdnf Rocky Linux 9.4 x8…        0   3.0 kB  latest/base, 1 behind")
                .contains("1 error, the last 404 /x?[31m")
                .contains("2 clients, 1 behind, 2 fetched no package")
                .doesNotContain("\u001b");
    }

    @Test
    void reads_a_log_line_by_line_and_leaves_the_one_that_is_being_written() throws IOException {
        List<String> lines = new ArrayList<>();
        byte[] log = ("one\n\ntwo\r\n" + "x".repeat(LogReading.MAX_LINE + 5) + "\nhalf")
                .getBytes(StandardCharsets.ISO_8859_1);
        LogReading.read(new ByteArrayInputStream(log), lines::add);
        assertThat(lines).hasSize(4).startsWith("one", "", "two");
        assertThat(lines.getLast()).hasSize(LogReading.MAX_LINE);
    }
}
