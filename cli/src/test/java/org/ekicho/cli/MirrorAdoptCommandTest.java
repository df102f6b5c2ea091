package org.ekicho.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorAdoptCommandTest {
    private static final String TEXT = "[base]\r\nmirrorlist=http://l/\r\n#baseurl=http://m/centos/7/os/\r\ngpgcheck=1";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path file = Path.of("");
    private Path dist = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("CentOS-Base.repo"), TEXT);
        dist = folder.resolve("CentOS-Base.repo.dist");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private int adopt(String... options) {
        String[] args = new String[options.length + 3];
        args[0] = "mirror";
        args[1] = "adopt";
        args[2] = file.toString();
        System.arraycopy(options, 0, args, 3, options.length);
        return Cli.run(new Screen(new PrintWriter(out), new PrintWriter(err), Screen.Colours.OFF), args);
    }

    @Test
    void a_dry_run_shows_the_difference_and_changes_nothing() throws IOException {
        assertThat(adopt("--host", "mirror.lan", "--dry-run")).isZero();
        assertThat(out.toString()).contains("+baseurl=http://mirror.lan/centos/7/os/", "would use the mirror");
        assertThat(Files.readString(file)).isEqualTo(TEXT);
        assertThat(dist).doesNotExist();
    }

    @Test
    void a_file_is_adopted_once_and_comes_back_byte_for_byte() throws IOException {
        assertThat(adopt("--host", "mirror.lan")).isZero();
        assertThat(Files.readString(file))
                .isEqualTo("[base]\r\n#mirrorlist=http://l/\r\nbaseurl=http://mirror.lan/centos/7/os/\r\ngpgcheck=1");
        assertThat(Files.readString(dist)).isEqualTo(TEXT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
        assertThat(adopt("--host", "mirror.lan")).isZero();
        assertThat(out.toString()).contains("nothing to change");
        assertThat(adopt("--undo")).isZero();
        assertThat(Files.readString(file)).isEqualTo(TEXT);
        assertThat(dist).doesNotExist();
        assertThat(adopt("--undo")).isZero();
        assertThat(out.toString()).contains("nothing to undo");
    }

    @Test
    void a_newer_file_of_the_distribution_is_told_and_kept_apart() throws IOException {
        assertThat(adopt("--host", "mirror.lan")).isZero();
        Files.writeString(file, TEXT + "\n");
        Files.writeString(folder.resolve("CentOS-Base.repo.rpmnew"), TEXT);
        assertThat(adopt("--host", "mirror.lan", "-o", "json")).isZero();
        assertThat(out.toString()).contains("CentOS-Base.repo.rpmnew is a newer file", "\"ADOPTED\"");
        assertThat(Files.readString(dist)).isEqualTo(TEXT + "\n");
        assertThat(Files.readString(folder.resolve("CentOS-Base.repo.dist.old")))
                .isEqualTo(TEXT);
    }

    @Test
    void what_cannot_be_told_is_refused_with_what_to_say() throws IOException {
        Files.writeString(file, "[x]\nmetalink=http://m/?repo=x\n");
        assertThat(adopt("--host", "mirror.lan")).isEqualTo(Exit.NOT_GOOD);
        assertThat(out.toString()).contains("say --channel NAME");
        assertThat(adopt("--host", "mirror.lan", "--channel", "prod")).isZero();
        assertThat(Files.readString(file)).endsWith("baseurl=http://mirror.lan/prod/x/\n");
    }

    @Test
    void wrong_words_are_wrong_usage() {
        assertThat(adopt()).isEqualTo(Exit.USAGE);
        assertThat(adopt("--host", "a b")).isEqualTo(Exit.USAGE);
        assertThat(adopt("--host", "mirror.lan", "--channel", "snapshots")).isEqualTo(Exit.USAGE);
    }

    @Test
    void the_script_is_for_the_host_that_was_named() {
        assertThat(adopt("--script", "--host", "mirror.lan")).isZero();
        assertThat(out.toString())
                .startsWith("#!/bin/sh\n")
                .contains("base='http://mirror.lan'")
                .doesNotContain("@BASE@");
    }
}
