package org.ekicho.netboot.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.netboot.client.ClientArch;
import org.ekicho.wire.IpAddress;

/// What the events of one try show, gathered by kind.
final class Evidence {
    /// Less than this is no program: an error page.
    static final long PROGRAM_BYTES = 1000;

    final List<BootEvent.Dhcp> discovers = new ArrayList<>();
    final List<BootEvent.Dhcp> offers = new ArrayList<>();
    final List<BootEvent.Dhcp> requests = new ArrayList<>();
    final List<BootEvent.Dhcp> acks = new ArrayList<>();
    final List<BootEvent.Dhcp> naks = new ArrayList<>();
    final List<BootEvent.Dhcp> serverAsks = new ArrayList<>();
    final List<BootEvent.Dhcp> serverAnswers = new ArrayList<>();
    final List<BootEvent.Dhcp> loaderDhcp = new ArrayList<>();
    final List<BootEvent.Dhcp> installerDhcp = new ArrayList<>();
    final Map<IpAddress, BootEvent.ArpAsk> wanted = new LinkedHashMap<>();
    final Set<IpAddress> owners = new LinkedHashSet<>();
    final List<TftpTransfer> transfers;
    final List<BootEvent.Http> fetches = new ArrayList<>();
    final List<BootEvent.Conversation> talks = new ArrayList<>();
    final List<BootEvent.Report> reports = new ArrayList<>();
    final Map<String, String> told = new LinkedHashMap<>();
    final List<BootEvent.Decided> decided = new ArrayList<>();
    final Optional<BootStage> firmware;
    Optional<ClientArch> arch = Optional.empty();
    Optional<BootEvent.Packages> packages = Optional.empty();
    long firstAt = Long.MAX_VALUE;
    long lastAt = Long.MIN_VALUE;

    Evidence(BootTry boot) {
        firmware = boot.stage();
        boot.events().forEach(this::add);
        transfers = TftpTransfer.of(boot.events());
    }

    private void add(BootEvent event) {
        if (!(event instanceof BootEvent.Link)) {
            firstAt = Math.min(firstAt, event.atNanos());
            lastAt = Math.max(lastAt, BootAttempt.endOf(event));
        }
        switch (event) {
            case BootEvent.Dhcp dhcp -> addDhcp(dhcp);
            case BootEvent.ArpAsk ask ->
                wanted.merge(ask.wanted(), ask, (one, other) -> other.times() > one.times() ? other : one);
            case BootEvent.ArpAnswer answer -> owners.add(answer.owner());
            case BootEvent.Http http -> fetches.add(http);
            case BootEvent.Packages many -> packages = Optional.of(many);
            case BootEvent.Conversation talk -> talks.add(talk);
            case BootEvent.Report report -> reports.add(report);
            case BootEvent.Told fact -> told.put(fact.name(), fact.value());
            case BootEvent.Decided decision -> decided.add(decision);
            case BootEvent.TftpRequest _, BootEvent.TftpOptions _, BootEvent.TftpProgress _, BootEvent.TftpEnd _ -> {}
            case BootEvent.Link _, BootEvent.Order _ -> {}
        }
    }

    private void addDhcp(BootEvent.Dhcp dhcp) {
        if (dhcp.fromClient()) {
            if (dhcp.stage() == BootStage.IPXE) loaderDhcp.add(dhcp);
            if (dhcp.stage() == BootStage.INSTALLER) installerDhcp.add(dhcp);
            if (dhcp.stage().boots() && dhcp.arch().isPresent() && arch.isEmpty()) arch = dhcp.arch();
        }
        if (dhcp.atBootServer()) {
            (dhcp.fromClient() ? serverAsks : serverAnswers).add(dhcp);
            return;
        }
        switch (dhcp.kind()) {
            case DISCOVER -> discovers.add(dhcp);
            case OFFER -> offers.add(dhcp);
            case REQUEST -> requests.add(dhcp);
            case ACK -> acks.add(dhcp);
            case NAK -> naks.add(dhcp);
            case DECLINE, RELEASE, INFORM, OTHER -> {}
        }
    }

    /// The program that the firmware fetched: its name, when it had it, what it is.
    record Program(String file, long atNanos, Optional<BootProgram> kind) {}

    /// The first program that came whole, before any loader was heard of.
    Optional<Program> program() {
        long until = loaderAt().orElse(Long.MAX_VALUE);
        for (TftpTransfer transfer : transfers) {
            if (transfer.complete() && transfer.firstAt <= until && FileRole.of(transfer.file) != FileRole.SCRIPT) {
                return Optional.of(
                        new Program(transfer.file, transfer.lastAt, transfer.end.flatMap(BootEvent.TftpEnd::program)));
            }
        }
        for (BootEvent.Http http : fetches) {
            if (http.good() && !http.method().equals("HEAD") && http.atNanos() <= until) {
                return Optional.of(new Program(http.path(), BootAttempt.endOf(http), http.program()));
            }
        }
        for (BootEvent.Conversation talk : talks) {
            if (talk.received() >= PROGRAM_BYTES && talk.atNanos() <= until) {
                return Optional.of(new Program(fileOffered(), BootAttempt.endOf(talk), Optional.empty()));
            }
        }
        return Optional.empty();
    }

    /// The file that DHCP named last to the firmware.
    String fileOffered() {
        String file = "";
        for (List<BootEvent.Dhcp> replies : List.of(offers, acks, serverAnswers)) {
            for (BootEvent.Dhcp reply : replies) {
                boolean toFirmware = reply.stage() != BootStage.IPXE || firmware.equals(Optional.of(BootStage.IPXE));
                if (toFirmware && !reply.gift().file().isEmpty())
                    file = reply.gift().file();
            }
        }
        return file;
    }

    /// When a loader showed that it runs: by DHCP of iPXE, by what it asks for, by how it names itself.
    OptionalLong loaderAt() {
        long at = Long.MAX_VALUE;
        for (BootEvent.Dhcp dhcp : loaderDhcp) at = Math.min(at, dhcp.atNanos());
        for (BootEvent.Http http : fetches) {
            boolean loader = http.agent().startsWith("iPXE") || http.agent().startsWith("GRUB");
            if (loader || isLoaderWork(http.path())) at = Math.min(at, http.atNanos());
        }
        boolean programSeen = false;
        for (TftpTransfer transfer : transfers) {
            boolean second = programSeen && !transfer.isProbe() && !transfer.unanswered();
            if (second || isLoaderWork(transfer.file)) at = Math.min(at, transfer.firstAt);
            programSeen |= transfer.complete();
        }
        for (BootEvent.Report report : reports) {
            if (report.phase().equals("medium")) at = Math.min(at, report.atNanos());
        }
        return at == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(at);
    }

    private static boolean isLoaderWork(String file) {
        return switch (FileRole.of(file)) {
            case SCRIPT, KERNEL, INITRD -> true;
            case LOADER, SOURCE, ANSWER, PACKAGES, OTHER -> false;
        };
    }

    /// When a kernel had been fetched whole; large conversations that cannot be read count.
    OptionalLong kernelAt() {
        long at = Long.MAX_VALUE;
        for (BootEvent.Http http : fetches) {
            if (http.good() && !http.method().equals("HEAD") && FileRole.of(http.path()) == FileRole.KERNEL) {
                at = Math.min(at, BootAttempt.endOf(http));
            }
        }
        for (TftpTransfer transfer : transfers) {
            if (transfer.complete() && FileRole.of(transfer.file) == FileRole.KERNEL)
                at = Math.min(at, transfer.lastAt);
        }
        for (BootEvent.Conversation talk : talks) {
            if (talk.received() >= AttemptLog.KERNEL_BYTES) at = Math.min(at, BootAttempt.endOf(talk));
        }
        return at == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(at);
    }

    /// Bytes of the largest initrd that was fetched, 0 when none was seen.
    long initrdBytes() {
        long bytes = 0;
        for (BootEvent.Http http : fetches) {
            if (http.good() && FileRole.of(http.path()) == FileRole.INITRD) bytes = Math.max(bytes, http.bytes());
        }
        for (TftpTransfer transfer : transfers) {
            if (FileRole.of(transfer.file) == FileRole.INITRD) bytes = Math.max(bytes, transfer.bytes());
        }
        return bytes;
    }

    /// True when the installer's own system was heard of.
    boolean installerSeen() {
        boolean asked = fetches.stream()
                .map(http -> FileRole.of(http.path()))
                .anyMatch(role -> role == FileRole.SOURCE || role == FileRole.ANSWER || role == FileRole.PACKAGES);
        return asked
                || packages.isPresent()
                || !installerDhcp.isEmpty()
                || reports.stream().anyMatch(report -> !report.phase().equals("medium"));
    }

    /// True when the installer was given a part of its source or an answer file, or reports.
    boolean installerFed() {
        boolean fed = fetches.stream()
                .filter(BootEvent.Http::good)
                .map(http -> FileRole.of(http.path()))
                .anyMatch(role -> role == FileRole.SOURCE || role == FileRole.ANSWER || role == FileRole.PACKAGES);
        return fed
                || packages.isPresent()
                || reports.stream().anyMatch(one -> !one.phase().equals("medium"));
    }

    /// True when anything at all came whole after this.
    boolean cameAfter(long at) {
        return fetches.stream().anyMatch(http -> http.good() && http.atNanos() > at)
                || transfers.stream().anyMatch(transfer -> transfer.complete() && transfer.lastAt > at)
                || talks.stream().anyMatch(talk -> talk.received() >= PROGRAM_BYTES && talk.atNanos() > at)
                || packages.isPresent();
    }

    boolean reported(String phase) {
        return reports.stream().anyMatch(report -> report.phase().equals(phase));
    }
}
