package org.ekicho.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.ekicho.netboot.advice.BootAdvice;
import org.ekicho.netboot.policy.BootPolicy;
import org.ekicho.netboot.settings.BootSettings;
import org.ekicho.wire.IpAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `ekicho boot options`: the lines for a DHCP server that is not ours.
@Command(
        name = "options",
        description = "Print what to tell a DHCP server that is not ours, instead of answering beside it.")
final class BootOptionsCommand extends Printing implements Callable<Integer> {
    private static final String BIOS = "ipxe/undionly.kpxe";
    private static final String UEFI = "ipxe/snponly.efi";

    @Mixin
    private BootOption boot = new BootOption();

    @Option(
            names = "--for",
            required = true,
            paramLabel = "SERVER",
            description = "isc, kea, dnsmasq, windows or opnsense.")
    private String server = "";

    @Option(
            names = "--server",
            paramLabel = "ADDRESS",
            description = "How machines reach this server (default: http-address of [boot]).")
    private @Nullable String address;

    @Override
    public Integer call() throws IOException {
        Optional<BootAdvice.Server> kind = BootAdvice.Server.parse(server);
        if (kind.isEmpty()) {
            screen.problem("\"" + server + "\" is none of "
                    + Arrays.stream(BootAdvice.Server.values())
                            .map(Object::toString)
                            .collect(Collectors.joining(", ")));
            return Exit.USAGE;
        }
        BootSettings settings = boot.settings();
        Optional<IpAddress> own = address == null ? Optional.of(settings.http().address()) : IpAddress.parse(address);
        if (own.isEmpty() || own.get().isAny()) {
            screen.problem("say how machines reach this server, with http-address in [boot] or --server 192.168.55.1");
            return Exit.USAGE;
        }
        String base = "http://" + own.get() + ":" + settings.http().port();
        screen.print(BootAdvice.text(
                kind.get(),
                new BootAdvice.Targets(
                        own.get(), base + BootPolicy.SCRIPT, BIOS, UEFI, base + BootPolicy.LOADERS + UEFI)));
        return Exit.GOOD;
    }
}
