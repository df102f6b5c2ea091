package org.ekicho.netboot.trace;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.ekicho.netboot.client.ClientArch;

/// Finds what is wrong with one try of the firmware: looks at the furthest point first, because what lies before it
/// went well enough.
final class TryDoctor {
    private static final long SECOND = 1_000_000_000L;
    /// Firmware that refuses a program asks for the next one at once: 0.01 to 0.1 s were measured.
    static final long REFUSED_WITHIN = 2 * SECOND;
    /// A loader that runs asks for an address within this, slow initialisation of network cards included.
    static final long LOADER_PATIENCE = 45 * SECOND;
    /// A loader with an address fetches within this: old iPXE waits 14 s for a router, people choose in menus.
    static final long FETCH_PATIENCE = 90 * SECOND;
    /// A kernel with an initrd of some hundred megabytes is up within this.
    static final long KERNEL_PATIENCE = 180 * SECOND;
    /// Memory that an installer needs beside its initrd unpacked (measured: ten times the initrd and 64 MB).
    private static final int INITRD_TIMES = 10;
    private static final int MEMORY_BESIDE = 64;

    private final Evidence seen;
    private final OptionalLong nextAt;
    private final long now;

    /// @param nextAt when the next try or attempt began; then no patience is needed any more
    /// @param now    of the events' clock
    TryDoctor(Evidence seen, OptionalLong nextAt, long now) {
        this.seen = seen;
        this.nextAt = nextAt;
        this.now = now;
    }

    /// The failure of this try; empty when it went well or may still.
    Optional<Finding> find() {
        if (seen.installerSeen()) return installer();
        if (seen.kernelAt().isPresent()) return kernel(seen.kernelAt().getAsLong());
        Optional<Finding> transfer = new TransferDoctor(seen).find();
        if (seen.loaderAt().isPresent()) {
            return loader(seen.loaderAt().getAsLong()).or(() -> transfer);
        }
        if (transfer.isPresent()) return transfer;
        Optional<Evidence.Program> program = seen.program();
        if (program.isPresent()) return program(program.get());
        if (!seen.fetches.isEmpty()) return httpBoot();
        if (!seen.transfers.isEmpty()) return givenUp(seen.transfers.getLast());
        return new DhcpDoctor(seen, nextAt.isPresent(), now).find();
    }

    private boolean over(long since, long patience) {
        return nextAt.isPresent() || now - since >= patience;
    }

    private Optional<Finding> installer() {
        for (BootEvent.Report report : seen.reports) {
            if (report.phase().equals("failed")) {
                return found(BootVerdict.INSTALL_FAILED, Map.of("text", report.text()), report.atNanos());
            }
        }
        for (BootEvent.Http http : seen.fetches) {
            FileRole role = FileRole.of(http.path());
            if (http.good() || FileRole.mayBeMissing(http.path()) || cameLater(role, http.atNanos())) continue;
            Map<String, String> facts = Map.of("file", http.path(), "status", Integer.toString(http.status()));
            if (role == FileRole.ANSWER) {
                boolean refused = http.status() == 401 || http.status() == 403 || http.status() == 410;
                return found(refused ? BootVerdict.ANSWER_REFUSED : BootVerdict.ANSWER_MISSING, facts, http.atNanos());
            }
            if (role == FileRole.SOURCE || role == FileRole.PACKAGES) {
                return found(BootVerdict.INSTALLER_NO_SOURCE, facts, http.atNanos());
            }
        }
        if (!seen.installerFed() && !seen.installerDhcp.isEmpty() && over(seen.lastAt, KERNEL_PATIENCE)) {
            return found(BootVerdict.INSTALLER_SILENT, Map.of(), seen.lastAt);
        }
        return Optional.empty();
    }

    /// True when a file of this role came after all, or the installation went on without it.
    private boolean cameLater(FileRole role, long at) {
        boolean same = seen.fetches.stream()
                .anyMatch(http -> http.good() && http.atNanos() > at && FileRole.of(http.path()) == role);
        boolean packages = seen.packages
                .filter(many -> many.until() > at && many.count() > many.failed())
                .isPresent();
        return same || packages || seen.reported("done");
    }

    private Optional<Finding> kernel(long kernelAt) {
        if (!over(Math.max(kernelAt, seen.lastAt), KERNEL_PATIENCE)) return Optional.empty();
        long initrd = seen.initrdBytes();
        long need = initrd == 0 ? 1024 : (initrd >> 20) * INITRD_TIMES + MEMORY_BESIDE;
        String needs = Long.toString(need);
        String ram = seen.told.getOrDefault("memory-mb", "");
        if (ram.matches("[0-9]{1,9}") && Long.parseLong(ram) < need) {
            return found(BootVerdict.RAM_TOO_SMALL, Map.of("ram", ram, "need", needs), kernelAt);
        }
        return found(BootVerdict.INSTALLER_NEVER_CAME, Map.of("need", needs), kernelAt);
    }

    private Optional<Finding> loader(long loaderAt) {
        Optional<Finding> loop = loop();
        if (loop.isPresent()) return loop;
        for (BootEvent.Http http : seen.fetches) {
            boolean matters = !http.good() && http.atNanos() >= loaderAt && !FileRole.mayBeMissing(http.path());
            if (matters && !seen.cameAfter(http.atNanos())) {
                return found(
                        BootVerdict.LOADER_FILE_MISSING,
                        Map.of("file", http.path(), "status", Integer.toString(http.status())),
                        http.atNanos());
            }
        }
        boolean anything = seen.cameAfter(loaderAt) || seen.talks.stream().anyMatch(talk -> talk.atNanos() > loaderAt);
        if (anything || seen.loaderDhcp.isEmpty()) return Optional.empty();
        boolean address = seen.acks.stream().anyMatch(ack -> ack.atNanos() >= loaderAt);
        if (!address) return new DhcpDoctor(seen, nextAt.isPresent(), now).findForLoader();
        return over(seen.lastAt, FETCH_PATIENCE)
                ? found(BootVerdict.LOADER_SILENT, Map.of(), loaderAt)
                : Optional.empty();
    }

    private Optional<Finding> loop() {
        int times = 0;
        String program = seen.program().map(Evidence.Program::file).orElse("");
        for (TftpTransfer transfer : seen.transfers) {
            if (transfer.complete() && transfer.file.equals(program)) times++;
        }
        for (BootEvent.Http http : seen.fetches) {
            if (http.good() && http.method().equals("GET") && http.path().equals(program)) times++;
        }
        return times >= TftpTransfer.MANY_REPEATS && FileRole.of(program) == FileRole.LOADER
                ? found(BootVerdict.LOADER_LOOP, Map.of("times", Words.times(times)), seen.lastAt)
                : Optional.empty();
    }

    /// The firmware asked for a size and not for the file, or would not take our options.
    private Optional<Finding> givenUp(TftpTransfer last) {
        if (!last.isProbe() || !over(seen.lastAt, LOADER_PATIENCE)) return Optional.empty();
        String message = last.end.map(BootEvent.TftpEnd::message).orElse("");
        return found(
                BootVerdict.TFTP_GIVEN_UP,
                Map.of("file", last.file, "message", message.isEmpty() ? "without a reason" : message),
                last.firstAt);
    }

    /// The firmware asked by HTTP and got no program.
    private Optional<Finding> httpBoot() {
        BootEvent.Http asked = seen.fetches.getLast();
        if (asked.good() && !over(seen.lastAt, LOADER_PATIENCE)) return Optional.empty();
        Map<String, String> facts =
                Map.of("file", asked.path(), "nearest", "", "status", Integer.toString(asked.status()));
        boolean missing = asked.status() == 404 || asked.status() == 410;
        return found(missing ? BootVerdict.FILE_MISSING : BootVerdict.HTTP_BOOT_STOPPED, facts, asked.atNanos());
    }

    private Optional<Finding> program(Evidence.Program program) {
        boolean refused = nextAt.isPresent() && nextAt.getAsLong() - program.atNanos() <= REFUSED_WITHIN;
        if (!refused && !over(program.atNanos(), LOADER_PATIENCE)) return Optional.empty();
        return wrongArchitecture(program).or(() -> {
            if (!refused) {
                return found(BootVerdict.LOADER_NEVER_CAME, Map.of("file", program.file()), program.atNanos());
            }
            boolean unsigned = program.kind()
                    .filter(kind -> kind.arch().isPresent() && !kind.signed())
                    .isPresent();
            return found(
                    unsigned ? BootVerdict.SECURE_BOOT : BootVerdict.PROGRAM_REFUSED,
                    Map.of("file", program.file()),
                    program.atNanos());
        });
    }

    private Optional<Finding> wrongArchitecture(Evidence.Program program) {
        if (program.kind().isEmpty() || seen.arch.isEmpty()) return Optional.empty();
        BootProgram made = program.kind().get();
        ClientArch machine = seen.arch.get();
        boolean fits = made.arch().map(arch -> arch.equals(machine.program())).orElse(!machine.isUefi());
        return fits
                ? Optional.empty()
                : found(
                        BootVerdict.WRONG_ARCHITECTURE,
                        Map.of("file", program.file(), "made", made.words(), "machine", machine.words()),
                        program.atNanos());
    }

    private static Optional<Finding> found(BootVerdict verdict, Map<String, String> facts, long at) {
        return Optional.of(new Finding(verdict, facts, at));
    }
}
