package org.ekicho.lab.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ekicho.lab.peer.Programs;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.site.adopt.AdoptScript;
import org.ekicho.site.adopt.Adoption;
import org.ekicho.site.adopt.AdoptionTarget;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The script that clients fetch, run by real shells with their own awk: it makes the bytes that Ekicho makes.
@NeedsPrograms({"dash", "mawk", "busybox"})
class AdoptScriptPeerTest {
    private static final Path REPO_FILES = Programs.root().resolve("site/src/test/resources/golden/repofile");
    private static final AdoptionTarget SAME_PATH =
            AdoptionTarget.of("mirror.lan", Optional.empty()).orElseThrow();
    private static final AdoptionTarget PROD = AdoptionTarget.of(
                    "https://mirror.lan", Optional.of(new ChannelName("prod")))
            .orElseThrow();

    private static final AdoptionTarget BELOW =
            AdoptionTarget.of("mirror.lan/packages", Optional.empty()).orElseThrow();

    /// All that the script runs.
    private static final List<String> TOOLS =
            List.of("awk", "cat", "cmp", "cp", "diff", "mktemp", "mv", "rm", "sed", "sync", "tail");

    @TempDir
    private Path folder;

    /// A shell with the tools that it finds.
    enum Shell {
        DASH,
        BUSYBOX
    }

    /// @param code   exit code
    /// @param output of both streams
    private record Run(int code, String output) {}

    private Run run(Shell shell, AdoptionTarget target, String... args) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("adopt.sh"), AdoptScript.render(target));
        List<String> command = new ArrayList<>(
                switch (shell) {
                    case DASH -> List.of("dash");
                    case BUSYBOX -> List.of(busybox().toString(), "sh");
                });
        command.add(script.toString());
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        if (shell == Shell.BUSYBOX) {
            builder.environment().put("PATH", busyboxTools().toString());
        }
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Run(process.exitValue(), output);
    }

    /// Every tool is busybox, as on a machine that has nothing else.
    private Path busyboxTools() throws IOException {
        Path tools = folder.resolve("tools");
        if (!Files.exists(tools)) {
            Files.createDirectory(tools);
            for (String tool : TOOLS) {
                Path wrapper = Files.writeString(
                        tools.resolve(tool), "#!" + busybox() + " sh\nexec " + busybox() + " " + tool + " \"$@\"\n");
                Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        return tools;
    }

    private static Path busybox() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(at -> Path.of(at, "busybox"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    /// The files of distributions, and texts near them.
    private static Map<String, String> texts() throws IOException {
        List<String> real = new ArrayList<>();
        try (Stream<Path> files = Files.list(REPO_FILES)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".repo")).sorted().toList()) {
                real.add(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        Map<String, String> texts = new LinkedHashMap<>();
        Random dice = new Random(3);
        for (int i = 0; i < 150; i++) {
            String text = real.get(i % real.size());
            texts.put("f" + i + ".repo", i < real.size() ? text : changed(text, dice));
        }
        return texts;
    }

    /// Lines dropped, doubled, indented, commented; other line ends; a missing last newline.
    private static String changed(String text, Random dice) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        for (int edits = 1 + dice.nextInt(8); edits > 0 && lines.size() > 2; edits--) {
            int at = dice.nextInt(lines.size());
            String line = lines.get(at);
            switch (dice.nextInt(7)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(dice.nextInt(lines.size()), line);
                case 2 -> lines.set(at, " " + line);
                case 3 -> lines.set(at, "#" + line);
                case 4 -> lines.set(at, line.replaceFirst("^#+", ""));
                case 5 -> lines.set(at, line.replaceFirst("=", "\t= "));
                default -> lines.set(at, line + "\r");
            }
        }
        String end = dice.nextInt(4) == 0 ? "\r\n" : "\n";
        String joined = String.join(end, lines);
        return dice.nextInt(3) == 0 ? joined.replaceFirst("\\s+\\z", "") : joined;
    }

    private Map<Path, String> written(Map<String, String> texts) throws IOException {
        Map<Path, String> files = new LinkedHashMap<>();
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path file = folder.resolve(text.getKey());
            Files.writeString(file, text.getValue(), StandardCharsets.ISO_8859_1);
            files.put(file, text.getValue());
        }
        return files;
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private static Path dist(Path file) {
        return file.resolveSibling(file.getFileName() + ".dist");
    }

    @ParameterizedTest
    @EnumSource
    void makes_the_bytes_that_ekicho_makes_and_takes_them_back(Shell shell) throws Exception {
        for (AdoptionTarget target : List.of(SAME_PATH, PROD, BELOW)) {
            Map<Path, String> files = written(texts());
            String[] names = files.keySet().stream().map(Path::toString).toArray(String[]::new);
            Run first = run(shell, target, names);
            for (Map.Entry<Path, String> file : files.entrySet()) {
                Adoption ours = Adoption.adopt(file.getValue(), target);
                assertThat(read(file.getKey()))
                        .as(file.getKey() + "\n" + file.getValue())
                        .isEqualTo(ours.text());
                assertThat(Files.exists(dist(file.getKey())))
                        .isEqualTo(!ours.text().equals(file.getValue()));
                ours.refused().forEach(id -> assertThat(first.output()).contains(id));
            }
            assertThat(run(shell, target, names).output()).doesNotContain("comes from");
            run(
                    shell,
                    target,
                    Stream.concat(Stream.of("--undo"), Stream.of(names)).toArray(String[]::new));
            for (Map.Entry<Path, String> file : files.entrySet()) {
                assertThat(read(file.getKey())).isEqualTo(file.getValue());
                assertThat(dist(file.getKey())).doesNotExist();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void finds_the_files_of_the_distribution_and_spares_others(Shell shell) throws Exception {
        Path etc = Files.createDirectories(folder.resolve("root/etc/yum.repos.d"));
        String base = read(REPO_FILES.resolve("centos7-base.repo"));
        Path own = Files.writeString(etc.resolve("CentOS-Base.repo"), base);
        Path other = Files.writeString(etc.resolve("docker.repo"), base);
        String root = folder.resolve("root").toString();
        assertThat(run(shell, SAME_PATH, "--root", root, "--dry-run").code()).isZero();
        assertThat(read(own)).isEqualTo(base);
        assertThat(run(shell, SAME_PATH, "--root", root).code()).isZero();
        assertThat(read(own)).isEqualTo(Adoption.adopt(base, SAME_PATH).text());
        assertThat(read(other)).isEqualTo(base);
        assertThat(run(shell, SAME_PATH, "--root", root, "--undo").code()).isZero();
        assertThat(read(own)).isEqualTo(base);
    }

    @ParameterizedTest
    @EnumSource
    void dnf_5_gets_an_override_file_and_keeps_its_own(Shell shell) throws Exception {
        Path etc = Files.createDirectories(folder.resolve("root/etc/yum.repos.d"));
        Path overrides = Files.createDirectories(folder.resolve("root/etc/dnf/repos.override.d"));
        String fedora = read(REPO_FILES.resolve("fedora.repo"));
        Path own = Files.writeString(etc.resolve("fedora.repo"), fedora);
        String root = folder.resolve("root").toString();
        assertThat(run(shell, SAME_PATH, "--root", root).code()).isZero();
        Path override = overrides.resolve("99-ekicho.repo");
        assertThat(read(own)).isEqualTo(fedora);
        assertThat(read(override).replaceFirst("^#.*\n", "")).isEqualTo(Adoption.override(fedora, SAME_PATH));
        assertThat(run(shell, SAME_PATH, "--root", root).output()).contains("nothing to change");
        assertThat(run(shell, SAME_PATH, "--root", root, "--undo").code()).isZero();
        assertThat(override).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void a_newer_file_of_the_distribution_becomes_the_one_that_is_kept(Shell shell) throws Exception {
        String text = "[a]\nmirrorlist=http://l/\n#baseurl=http://m/p/\n";
        Path file = Files.writeString(folder.resolve("a.repo"), text);
        run(shell, SAME_PATH, file.toString());
        String newer = text + "gpgcheck=1\n";
        Files.writeString(file, newer);
        Files.writeString(folder.resolve("a.repo.rpmnew"), "x\n");
        assertThat(run(shell, SAME_PATH, file.toString()).output()).contains("a.repo.rpmnew");
        assertThat(read(dist(file))).isEqualTo(newer);
        assertThat(read(folder.resolve("a.repo.dist.old"))).isEqualTo(text);
    }

    @ParameterizedTest
    @EnumSource
    void wrong_words_are_refused(Shell shell) throws Exception {
        assertThat(run(shell, SAME_PATH, "--undoo").code()).isEqualTo(3);
        assertThat(run(shell, SAME_PATH, "--channel", "a b").code()).isEqualTo(3);
        assertThat(run(shell, SAME_PATH, "--root", folder + "/none").code()).isEqualTo(2);
        Path file = Files.writeString(folder.resolve("a.repo"), "[x]\nmetalink=http://m/?repo=y\n");
        Run refused = run(shell, SAME_PATH, file.toString());
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.output()).contains("no place on the mirror is known for x; say --channel NAME");
    }
}
