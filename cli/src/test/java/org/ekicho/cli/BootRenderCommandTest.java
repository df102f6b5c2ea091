package org.ekicho.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ekicho.netboot.answer.AnswerLanguage;
import org.ekicho.netboot.answer.AnswerLint;
import org.ekicho.netboot.answer.AnswerProblem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The worked examples of docs/boot-answers.md, rendered by the command for a site with a signed stream of time.
class BootRenderCommandTest {
    private static final Path PAGE = Path.of("../docs/boot-answers.md");
    private static final Pattern EXAMPLE = Pattern.compile(
            "## [^\n]*: `([a-z0-9.]+)`\n(?:[^`#][^\n]*\n|`[a-z][^\n]*\n|\n)*```([a-z]+)\n(.*?)```", Pattern.DOTALL);
    private static final String SECRET = "0c85c9b82cd8801c70c0a467ad826aa4ad24470d";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, AnswerLanguage> examples = new LinkedHashMap<>();

    @BeforeEach
    void site() throws IOException {
        Matcher page = EXAMPLE.matcher(Files.readString(PAGE, StandardCharsets.UTF_8));
        Path answers = Files.createDirectories(folder.resolve("boot/answers"));
        while (page.find()) {
            examples.put(page.group(1), AnswerLanguage.parse(page.group(2)).orElseThrow());
            Files.writeString(answers.resolve(page.group(1)), page.group(3));
        }
        Path tree = Files.createDirectories(folder.resolve("boot/trees/any/files/debian-installer/amd64"));
        Files.writeString(tree.resolve("linux"), "kernel");
        Files.writeString(tree.resolve("initrd.gz"), "initrd");
        Path keys = Files.writeString(folder.resolve("ntp.keys"), "10 SHA1 " + SECRET + "\n11 SHA1 " + SECRET + "\n");
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r-----"));
        StringBuilder text = new StringBuilder("""
                [site]
                name = "lab"

                [time]
                keys = "ntp.keys"
                trusted-keys = [10, 11]

                [[time.broadcast]]
                address = "224.0.1.1"
                interfaces = ["eth0"]
                key = 10

                [boot]
                folder = "%s"
                http-address = "192.168.55.1"

                [[boot.machine]]
                name = "web1"
                macs = ["52:54:00:77:00:01"]
                """.formatted(folder.resolve("boot")));
        for (String name : examples.keySet()) {
            text.append("\n[[boot.profile]]\nname = \"")
                    .append(name)
                    .append("\"\ntree = \"any\"\nanswer = \"")
                    .append(name)
                    .append("\"\n");
        }
        Files.writeString(folder.resolve("ekicho.toml"), text);
    }

    private int render(String... options) {
        out.getBuffer().setLength(0);
        String[] args = new String[options.length + 4];
        args[0] = "boot";
        args[1] = "render";
        args[2] = "--site";
        args[3] = folder.resolve("ekicho.toml").toString();
        System.arraycopy(options, 0, args, 4, options.length);
        return Cli.run(new Screen(new PrintWriter(out), new PrintWriter(err), Screen.Colours.OFF), args);
    }

    @Test
    void every_example_of_the_page_becomes_a_good_answer_file() {
        assertThat(examples).hasSize(4);
        examples.forEach((name, language) -> {
            assertThat(render("web1", name)).as("%s%s%s", name, out, err).isZero();
            String text = out.toString();
            assertThat(text)
                    .contains("192.168.55.1", "/boot/report/000000?step=done")
                    .doesNotContain("#@");
            List<AnswerProblem> problems = AnswerLint.check(language, text).stream()
                    .filter(problem -> problem.severity() == AnswerProblem.Severity.ERROR)
                    .toList();
            assertThat(problems).as(name + "\n" + text).isEmpty();
        });
    }

    @Test
    void without_a_signed_stream_every_example_still_names_the_server_of_time() throws IOException {
        Path file = folder.resolve("ekicho.toml");
        Files.writeString(file, Files.readString(file).replace("key = 10\n", ""));
        for (String name : examples.keySet()) {
            assertThat(render("web1", name)).as("%s%s%s", name, out, err).isZero();
            assertThat(out.toString()).contains("server 192.168.55.1 iburst").doesNotContain("iburst key", "SHA1");
        }
    }

    @Test
    void the_key_of_the_stream_goes_along_no_other_and_is_hidden_on_a_screen() {
        assertThat(render("web1", "el9.ks")).isZero();
        assertThat(out.toString())
                .contains("10 SHA1 ********", "server 192.168.55.1 iburst key 10")
                .doesNotContain(SECRET, "11 SHA1");
        assertThat(render("--secrets", "52:54:00:77:00:01", "el9.ks")).isZero();
        assertThat(out.toString()).containsIgnoringCase("10 SHA1 HEX:" + SECRET).doesNotContain("11 SHA1");
    }

    @Test
    void what_is_not_known_is_a_sentence() {
        assertThat(render("web2")).isEqualTo(Exit.USAGE);
        assertThat(err.toString()).contains("neither a hardware address nor a machine", "it knows web1");
        assertThat(render("web1", "none")).isEqualTo(Exit.USAGE);
        assertThat(err.toString()).contains("there is no profile \"none\"; there are el9.ks");
    }
}
