package org.ekicho.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ekicho.daemon.boot.BootFolder;
import org.ekicho.daemon.boot.LoaderShelf;
import org.ekicho.daemon.boot.OrderDesk;
import org.ekicho.netboot.client.BootClient;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.netboot.client.ClientArch;
import org.ekicho.netboot.policy.BootDecision;
import org.ekicho.netboot.policy.BootOutcome;
import org.ekicho.netboot.policy.BootPolicy;
import org.ekicho.netboot.policy.BootStep;
import org.ekicho.netboot.policy.BootWay;
import org.ekicho.netboot.policy.Machine;
import org.ekicho.netboot.policy.OfferForm;
import org.ekicho.netboot.policy.OrderBook;
import org.ekicho.netboot.settings.BootSettings;
import org.ekicho.wire.MacAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ekicho boot explain`: what a machine would get, without it being there.
@Command(name = "explain", description = "Say what a machine would get at each stage, without it being there.")
final class BootExplainCommand extends Printing implements Callable<Integer> {
    @Mixin
    private BootOption boot = new BootOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(paramLabel = "MAC", converter = MacConverter.class, description = "The machine's hardware address.")
    @SuppressWarnings("NullAway.Init")
    private MacAddress mac;

    @Option(
            names = "--arch",
            paramLabel = "ARCH",
            description = "Its kind: bios, efi-x64, http-x64, efi-arm64, … (default: bios and efi-x64).")
    private @Nullable String arch;

    /// What a stage gets.
    ///
    /// @param stage  what of the machine asks
    /// @param arch   its kind
    /// @param step   what it gets, in words
    /// @param reason why
    record Line(String stage, String arch, String step, String reason) {}

    @Override
    public Integer call() throws IOException {
        List<ClientArch> archs = List.of(ClientArch.BIOS, ClientArch.EFI_X64, ClientArch.HTTP_X64);
        if (arch != null) {
            Optional<ClientArch> asked = ClientArch.parse(arch);
            if (asked.isEmpty()) {
                screen.problem("\"" + arch + "\" is no architecture; there are " + String.join(", ", ClientArch.names())
                        + ", and any code of DHCP option 93");
                return Exit.USAGE;
            }
            archs = List.of(asked.get());
        }
        BootSettings settings = boot.settings();
        BootFolder folder = boot.folder();
        OrderBook orders = new OrderDesk(folder).orders();
        BootPolicy policy = new BootPolicy(settings.rules(), new LoaderShelf(folder.loaders()));
        List<Line> lines = new ArrayList<>();
        Optional<BootDecision> any = Optional.empty();
        for (ClientArch kind : archs) {
            BootStage rom = kind.isHttp() ? BootStage.HTTP_ROM : BootStage.PXE_ROM;
            for (BootStage stage : List.of(rom, BootStage.IPXE)) {
                if (stage == BootStage.IPXE && kind.isHttp() && archs.size() > 1) continue;
                BootDecision decision = policy.next(
                        new BootClient(mac, stage, Optional.of(kind), Optional.empty(), "", Optional.empty()),
                        orders,
                        Instant.now(),
                        BootWay.first(OfferForm.ASK_4011));
                any = Optional.of(decision);
                lines.add(new Line(
                        stage.words(),
                        kind.words(),
                        words(decision.step()),
                        decision.step().why().sentence()));
            }
        }
        if (output.isJson()) {
            screen.json(lines);
        } else {
            print(lines, any.orElseThrow());
        }
        return Exit.GOOD;
    }

    private void print(List<Line> lines, BootDecision decision) {
        String who =
                decision.machine().map(Machine::name).map(n -> " (" + n + ")").orElse("");
        String end = switch (decision.outcome()) {
            case BootOutcome.Install install ->
                "installs \"" + install.profile().name() + "\", order "
                        + install.order().id();
            case BootOutcome.Menu menu -> "shows the menu, which goes to the local disk";
            case BootOutcome.OwnDisk own -> "starts from its own disk";
        };
        screen.line(screen.bold(mac + who + " " + end) + ": "
                + decision.outcome().why().sentence());
        for (Line line : lines) {
            screen.line(String.format("  %-26s %-24s %s", line.stage(), line.arch(), line.step()));
        }
    }

    private static String words(BootStep step) {
        return switch (step) {
            case BootStep.ByTftp tftp -> "loads " + tftp.file() + " by TFTP, blocks up to " + tftp.largest() + " bytes";
            case BootStep.ByHttp http -> "loads " + http.path() + " by HTTP";
            case BootStep.LocalDisk disk -> "is not given anything to boot, and goes on to its disk";
            case BootStep.Silence silence -> "is not answered: " + silence.why().sentence();
        };
    }
}
