package org.ekicho.lab.boot;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A virtual machine under emulation, watched by its serial console. KVM is not used: firmware does not run
/// under every host's, and emulation is fast enough (facts: a BIOS is at its first program in 0.3 s, UEFI in
/// 4 s).
public final class Qemu implements AutoCloseable {
    private static final Path UEFI_CODE = Path.of("/usr/share/OVMF/OVMF_CODE_4M.fd");
    private static final Path UEFI_VARIABLES = Path.of("/usr/share/OVMF/OVMF_VARS_4M.fd");
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Process process;
    private final Path log;

    private Qemu(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /// A machine with a BIOS that shows its text, and that of its network card's ROM, on the serial console.
    public static Setup bios() {
        return new Setup(List.of("-M", "q35,graphics=off,accel=tcg"), false);
    }

    /// A machine with UEFI, with nothing stored in it yet.
    public static Setup uefi() {
        return new Setup(List.of("-M", "q35,accel=tcg"), true);
    }

    /// What a machine is made of.
    public static final class Setup {
        private final List<String> arguments = new ArrayList<>(List.of("qemu-system-x86_64"));
        private final boolean uefi;
        private List<String> before = List.of();

        private Setup(List<String> machine, boolean uefi) {
            this.uefi = uefi;
            arguments.addAll(machine);
            arguments.addAll(List.of("-cpu", "max", "-nodefaults", "-display", "none", "-vga", "none"));
            arguments.addAll(List.of("-serial", "stdio", "-no-reboot"));
        }

        public Setup memory(int mebibytes) {
            return with("-m", String.valueOf(mebibytes));
        }

        /// A disc in a drive.
        public Setup cd(Path image) {
            return with("-drive", "file=" + image + ",media=cdrom,readonly=on,if=ide,format=raw");
        }

        /// A disk; what is written to it is forgotten.
        public Setup disk(Path image) {
            return with("-drive", "file=" + image + ",format=raw,if=virtio,snapshot=on");
        }

        /// A USB stick; what is written to it is forgotten.
        public Setup stick(Path image) {
            with("-drive", "file=" + image + ",format=raw,if=none,id=stick,snapshot=on");
            return with("-device", "qemu-xhci", "-device", "usb-storage,drive=stick,removable=on");
        }

        /// Any other arguments.
        public Setup with(String... more) {
            arguments.addAll(List.of(more));
            return this;
        }

        /// A command that starts another, as one that enters a network namespace.
        public Setup within(List<String> command) {
            before = List.copyOf(command);
            return this;
        }

        /// Switches it on.
        ///
        /// @param folder for its console's text and its stored variables
        public Qemu start(Path folder) {
            try {
                List<String> command = new ArrayList<>(before);
                command.addAll(arguments);
                if (uefi) {
                    Path variables = Files.createTempFile(folder, "variables", ".fd");
                    Files.write(variables, Files.readAllBytes(UEFI_VARIABLES));
                    command.addAll(List.of("-drive", "if=pflash,format=raw,readonly=on,file=" + UEFI_CODE));
                    command.addAll(List.of("-drive", "if=pflash,format=raw,file=" + variables));
                }
                Path log = Files.createTempFile(folder, "serial", ".log");
                Process process = new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
                return new Qemu(process, log);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// What the console has shown so far, without the sequences that move a cursor.
    public String serial() {
        try {
            String all = new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1);
            return all.replaceAll("\u001b\\[[0-9;?=]*[A-Za-z]", "").replace("\r", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until the console shows a text.
    ///
    /// @return all that it has shown by then
    /// @throws AssertionError with the console's end, when it does not in that time or the machine went off
    public String waitFor(String text, Duration most) {
        long end = System.nanoTime() + most.toNanos();
        while (true) {
            String shown = serial();
            if (shown.contains(text)) return shown;
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new AssertionError("the console did not show '" + text + "' within " + most + "; its end:\n"
                        + shown.substring(Math.max(0, shown.length() - 2_000)));
            }
            pause();
        }
    }

    /// Types on the console.
    public void type(String text) {
        try {
            OutputStream keys = process.getOutputStream();
            keys.write(text.getBytes(StandardCharsets.US_ASCII));
            keys.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Pulls the plug.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a machine was watched", e);
        }
    }
}
