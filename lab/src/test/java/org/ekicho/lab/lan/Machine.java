package org.ekicho.lab.lan;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A pretend machine: network, process, mount, name and IPC namespaces of its own, with an empty `/run`. It shares this
/// machine's clock, so every program on it is started without the right to set a clock.
///
/// Process 1 is a `cat` that reads a pipe of ours. When we close the pipe or die, it ends, and the kernel ends every
/// process of the machine and takes its interfaces away.
public final class Machine implements AutoCloseable {
    /// A command that is asked for its answer, not left running. Longer than any tool's own time-out.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final Path folder;
    private final Transcript transcript;
    private final Process holder;
    private final long pid;
    private final AtomicInteger started = new AtomicInteger();

    private Machine(String name, Path folder, Transcript transcript, Process holder, long pid) {
        this.name = name;
        this.folder = folder;
        this.transcript = transcript;
        this.holder = holder;
        this.pid = pid;
    }

    static Machine boot(String name, Path folder, Transcript transcript) {
        try {
            Files.createDirectories(folder);
            Process holder = new ProcessBuilder(
                            "unshare",
                            "--net",
                            "--pid",
                            "--mount",
                            "--uts",
                            "--ipc",
                            "--fork",
                            "--kill-child",
                            "--mount-proc",
                            "sh",
                            "-c",
                            "hostname " + name
                                    + " && mount -t tmpfs run /run && ip link set lo up && echo up; exec cat")
                    .redirectErrorStream(true)
                    .start();
            String said = holder.inputReader(StandardCharsets.UTF_8).readLine();
            if (!"up".equals(said)) throw new IllegalStateException("no machine " + name + ": " + said);
            long pid = holder.children().findFirst().orElseThrow().pid();
            return new Machine(name, folder, transcript, holder, pid);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where its files are: `file` writes here, and programs start here.
    public Path folder() {
        return folder;
    }

    /// Writes a file of the machine's folder, readable by its owner only.
    public Path file(String fileName, String text) {
        try {
            Path file = folder.resolve(fileName);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Gives an interface an address.
    public void address(String interfaceName, String addressAndLength) {
        must("ip", "address", "add", addressAndLength, "dev", interfaceName);
    }

    /// Makes a cable to another machine. Only the network is this machine's: the other one is named by a process id
    /// that
    /// has no meaning inside.
    void join(String interfaceName, Machine other, String otherInterface) {
        Outcome outcome = runOutside(List.of(
                "nsenter",
                "--target",
                Long.toString(pid),
                "--net",
                "ip",
                "link",
                "add",
                "name",
                interfaceName,
                "type",
                "veth",
                "peer",
                "name",
                otherInterface,
                "netns",
                Long.toString(other.pid)));
        if (outcome.exit() != 0) throw new IllegalStateException(outcome.transcript());
    }

    /// Runs a command to its end.
    public Outcome run(String... command) {
        Outcome outcome = runOutside(entering(command));
        return new Outcome(List.of(command), outcome.exit(), outcome.out());
    }

    private Outcome runOutside(List<String> command) {
        Path output = folder.resolve("run." + started.incrementAndGet());
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (!ended) process.destroyForcibly().waitFor();
            String out = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
            Files.delete(output);
            return new Outcome(command, ended ? process.exitValue() : 124, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + String.join(" ", command), e);
        }
    }

    /// Runs a command, and keeps what it printed in the transcript.
    public Outcome show(String... command) {
        return transcript.show(name, run(command));
    }

    /// Keeps in the transcript what a command printed that was run by [#run].
    public Outcome shown(Outcome outcome) {
        return transcript.show(name, outcome);
    }

    /// Runs a command that has to succeed.
    public Outcome must(String... command) {
        Outcome outcome = run(command);
        if (outcome.exit() != 0) throw new IllegalStateException("on " + name + ": " + outcome.transcript());
        return outcome;
    }

    /// Starts a program that stays.
    public Daemon start(String daemonName, String... command) {
        return Daemon.start(this, daemonName, List.of(command));
    }

    /// Starts a program that does nothing but bear a name: `sleep` under the name of a daemon, with the rights that the
    /// daemon has where it steers the clock.
    public void pretend(String daemonName) {
        try {
            Path program = folder.resolve(daemonName);
            // A link, not a copy: a file just written cannot be run while any other child still has it open.
            Files.createSymbolicLink(program, Path.of("/usr/bin/sleep"));
            Process process = new ProcessBuilder(
                            "nsenter", "--target", Long.toString(pid), "--pid", "--mount", program.toString(), "600")
                    .redirectInput(new File("/dev/null"))
                    .start();
            if (process.waitFor(500, TimeUnit.MILLISECONDS)) throw new IllegalStateException(daemonName + " ended");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting " + daemonName, e);
        }
    }

    /// The command that runs `command` inside of the machine, without the right to set a clock.
    List<String> entering(String... command) {
        List<String> all = new ArrayList<>(List.of(
                "nsenter",
                "--target",
                Long.toString(pid),
                "--net",
                "--pid",
                "--mount",
                "--uts",
                "--ipc",
                "--wd=" + folder,
                "--",
                "setpriv",
                "--bounding-set=-sys_time",
                "--inh-caps=-sys_time",
                "--"));
        all.addAll(List.of(command));
        return all;
    }

    Transcript transcript() {
        return transcript;
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public void close() {
        try {
            holder.getOutputStream().close();
            if (!holder.waitFor(10, TimeUnit.SECONDS)) holder.destroyForcibly();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            holder.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
