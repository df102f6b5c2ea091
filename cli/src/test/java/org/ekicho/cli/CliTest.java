package org.ekicho.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        Screen screen = new Screen(new PrintWriter(out), new PrintWriter(err), Screen.Colours.OFF);
        return Cli.run(screen, args);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void the_bare_command_shows_its_help_on_one_small_screen() {
        assertThat(run()).isZero();
        assertThat(out.toString().lines().count()).isBetween(10L, 18L);
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void a_mistyped_command_is_wrong_usage_and_answered_with_the_right_one() {
        assertThat(run("statsu")).isEqualTo(Exit.USAGE);
        assertThat(err.toString()).contains("ekicho status");
    }

    @Test
    void every_command_explains_itself() {
        for (String command :
                new String[] {"check", "serve", "status", "reload", "time", "demo", "doctor", "multicast"}) {
            assertThat(run(command, "--help")).as(command).isZero();
        }
        assertThat(out.toString()).contains("Usage: ekicho check");
    }

    @Test
    void check_tells_all_mistakes_with_their_places_and_exits_1() throws IOException {
        String conf = file("ntp.conf", """
                servr 192.168.1.1
                broadcast 224.0.1.1 key ten
                restrict 192.168.300.0 mask 255.255.255.0
                driftfile
                trustedkey ten
                """);
        assertThat(run("check", conf)).isEqualTo(Exit.NOT_GOOD);
        for (int line = 1; line <= 5; line++) {
            assertThat(out.toString()).containsPattern("ntp\\.conf:" + line + ":[0-9]+: error: ");
        }
        assertThat(out.toString()).contains("did you mean \"server\"?", "5 errors");
    }

    @Test
    void check_refuses_a_key_file_that_everybody_reads_and_says_how_to_mend_it() throws IOException {
        Path keys = Path.of(file("keys", "10 SHA1 0c85c9b82cd8801c70c0a467ad826aa4ad24470d\n"));
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));
        String conf = file("ntp.conf", "keys " + keys + "\ntrustedkey 10\n");
        assertThat(run("check", conf)).isEqualTo(Exit.NOT_GOOD);
        assertThat(out.toString()).contains("chmod 640 " + keys);
    }

    @Test
    void a_missing_file_is_a_sentence_and_no_stack_trace() {
        assertThat(run("check", folder.resolve("none.toml").toString())).isEqualTo(Exit.NOT_GOOD);
        assertThat(out.toString()).contains("none.toml: error: no such file");
    }

    @Test
    void without_a_daemon_status_cannot_tell() {
        assertThat(run("status", "--control", folder.resolve("none").toString()))
                .isEqualTo(Exit.UNKNOWN);
        assertThat(err.toString())
                .startsWith("ekicho: no ekicho is running here")
                .doesNotContain("\tat ");
    }

    @Test
    void a_taken_port_names_its_owner() throws IOException {
        String conf = file("ntp.conf", "server 127.127.1.0\ndisable ntp\n");
        try (DatagramSocket taken = new DatagramSocket()) {
            int exit = run(
                    "time",
                    "serve",
                    "--ntp-conf",
                    conf,
                    "--port",
                    Integer.toString(taken.getLocalPort()),
                    "--state",
                    folder.toString(),
                    "--control",
                    folder.resolve("c.sock").toString());
            assertThat(exit).isEqualTo(Exit.NOT_GOOD);
        }
        assertThat(err.toString())
                .contains("it is taken by java (pid " + ProcessHandle.current().pid());
    }

    @Test
    void new_keys_are_for_owner_and_group_and_never_overwrite_old_ones() throws IOException {
        Path keys = folder.resolve("keys");
        assertThat(run("time", "keys", "generate", "--for", "chrony", "--to", keys.toString()))
                .isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                .isEqualTo("rw-r-----");
        String before = Files.readString(keys);
        assertThat(run("time", "keys", "generate", "--to", keys.toString())).isEqualTo(Exit.NOT_GOOD);
        assertThat(keys).hasContent(before);
        assertThat(run("time", "keys", "show", keys.toString())).isZero();
        assertThat(run("time", "keys", "show", "--for", "ntpsec", keys.toString()))
                .isZero();
        assertThat(out.toString()).contains("1 AES128CMAC ********");
        String secret = before.lines().reduce((a, b) -> b).orElseThrow().replaceAll(".*[ :]", "");
        assertThat(out.toString()).doesNotContain(secret);
        assertThat(run("time", "keys", "show", "--for", "ntpsec", "--secrets", keys.toString()))
                .isZero();
        assertThat(out.toString()).containsPattern("1 AES128CMAC [0-9a-f]{32}\n");
    }

    @Test
    void json_is_for_programs() throws IOException {
        String conf = file("ntp.conf", "servr 1.2.3.4\n");
        assertThat(run("check", "-o", "json", conf)).isEqualTo(Exit.NOT_GOOD);
        assertThat(out.toString()).startsWith("{").contains("\"severity\" : \"ERROR\"");
    }

    @Test
    void init_writes_a_site_file_that_check_finds_nothing_wrong_with() {
        Path site = folder.resolve("ekicho.toml");
        assertThat(run("init", "--yes", "--to", site.toString())).isZero();
        assertThat(run("check", "-o", "json", site.toString())).isLessThanOrEqualTo(Exit.NOT_GOOD);
        assertThat(out.toString()).doesNotContain("\"severity\" : \"ERROR\"");
        assertThat(run("init", "--yes", "--to", site.toString())).isEqualTo(Exit.NOT_GOOD);
        assertThat(err.toString()).contains("never overwritten");
    }
}
