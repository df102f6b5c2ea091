package org.ekicho.lab.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ekicho.lab.lan.Lan;
import org.ekicho.lab.lan.Outcome;
import org.ekicho.lab.peer.Programs;

/// A mirror's folder and the `ekicho mirror` command that works with it, on this machine.
///
/// @param folder the mirror's, as the command sees it
/// @param before what stands before the command: a way into a namespace, a limit; mostly nothing
record MirrorCommands(Path folder, List<String> before) {
    /// Longer than any command of a test takes on a busy machine.
    private static final int PATIENCE_SECONDS = 300;

    MirrorCommands {
        before = List.copyOf(before);
    }

    static MirrorCommands of(Path folder) {
        return new MirrorCommands(folder, List.of());
    }

    /// The same with something before the command.
    MirrorCommands behind(String... words) {
        List<String> all = new ArrayList<>(Arrays.asList(words));
        all.addAll(before);
        return new MirrorCommands(folder, all);
    }

    /// Runs `ekicho mirror WORDS --folder FOLDER`.
    Outcome run(String... words) {
        List<String> command = new ArrayList<>(Arrays.asList(words));
        command.addAll(List.of("--folder", folder.toString()));
        return bare(command.toArray(String[]::new));
    }

    /// Runs `ekicho mirror WORDS`.
    Outcome bare(String... words) {
        return run(command(words), "");
    }

    /// The same in a Java machine with other options.
    Outcome run(String javaOptions, List<String> words) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of("--folder", folder.toString()));
        return run(command(all.toArray(String[]::new)), javaOptions);
    }

    /// Runs it, and it has to succeed.
    Outcome must(String... words) {
        Outcome outcome = run(words);
        assertThat(outcome.exit()).as(outcome.transcript()).isZero();
        return outcome;
    }

    /// Runs it, and it has to say that something is not good: with exit code 1 and without a stack trace.
    Outcome fails(String... words) {
        return failed(run(words));
    }

    static Outcome failed(Outcome outcome) {
        assertThat(outcome.exit()).as(outcome.transcript()).isEqualTo(1);
        assertThat(outcome.out()).doesNotContain("\tat ").doesNotContain("Exception");
        return outcome;
    }

    /// Serves the folder until it is closed.
    Served serve() {
        try {
            Path log = Files.createTempFile("serve", ".log");
            List<String> command = command("serve", "--listen", "127.0.0.1:0", "--folder", folder.toString());
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(log.toFile())
                    .start();
            for (int i = 0; i < 3_000 && process.isAlive(); i++) {
                String said = Files.readString(log);
                if (said.contains(" at ") && said.endsWith("\n")) {
                    Files.delete(log);
                    String address =
                            said.substring(said.lastIndexOf(" at ") + 4).strip();
                    return new Served(process, address);
                }
                Lan.pause(java.time.Duration.ofMillis(100));
            }
            throw new AssertionError("it does not serve: " + Files.readString(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A server that runs.
    record Served(Process process, String address) implements AutoCloseable {
        /// Every file of this state of upstream is there as upstream had it.
        void hasAll(String channel, String repo, WebRepo state) {
            try (HttpClient client = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build()) {
                for (Map.Entry<String, byte[]> file : state.files().entrySet()) {
                    URI address = URI.create(this.address + (this.address.endsWith("/") ? "" : "/") + channel + "/"
                            + repo + "/" + file.getKey());
                    HttpResponse<byte[]> answer = client.send(
                            HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
                    assertThat(answer.statusCode()).as("%s", address).isEqualTo(200);
                    assertThat(WebRepo.sha256(answer.body()))
                            .as("%s", address)
                            .isEqualTo(WebRepo.sha256(file.getValue()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            try {
                if (!process.waitFor(15, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private List<String> command(String... words) {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(Programs.ekicho(), "mirror"));
        command.addAll(Arrays.asList(words));
        return command;
    }

    private static Outcome run(List<String> command, String javaOptions) {
        try {
            Path said = Files.createTempFile("said", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(said.toFile());
            builder.environment().put("EKICHO_JAVA_OPTS", javaOptions);
            Process process = builder.start();
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            String out = new String(Files.readAllBytes(said), StandardCharsets.UTF_8);
            Files.delete(said);
            return new Outcome(command, ended ? process.exitValue() : 124, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
