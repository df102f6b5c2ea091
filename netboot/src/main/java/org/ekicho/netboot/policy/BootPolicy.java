package org.ekicho.netboot.policy;

import java.time.Instant;
import java.util.Optional;
import org.ekicho.netboot.client.BootClient;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.netboot.client.ClientArch;

/// The one function that decides what a machine gets. DHCP, TFTP and HTTP ask it; `ekicho boot explain` shows it.
public final class BootPolicy {
    /// Where iPXE asks what comes next. The machine says who it is in the query.
    public static final String SCRIPT = "/boot/script.ipxe";
    /// Below this lie the loaders for firmware that loads by HTTP.
    public static final String LOADERS = "/boot/loader/";

    private final BootRules rules;
    private final LoaderNames loaders;

    public BootPolicy(BootRules rules, LoaderNames loaders) {
        this.rules = rules;
        this.loaders = loaders;
    }

    /// Decides. Never changes anything: that an order is used up is said by whoever served its kernel.
    ///
    /// @param orders as they are now
    /// @param way    how this machine is served
    public BootDecision next(BootClient client, OrderBook orders, Instant now, BootWay way) {
        Optional<Machine> machine = rules.machine(client);
        BootOutcome outcome = outcome(client, machine, orders.of(client.mac()), now);
        return new BootDecision(machine, outcome, step(client, outcome, way));
    }

    private BootOutcome outcome(
            BootClient client, Optional<Machine> machine, Optional<InstallOrder> order, Instant now) {
        if (order.isPresent() && order.get().isArmed(now)) {
            Profile profile = rules.profiles().get(order.get().profile());
            return profile == null
                    ? new BootOutcome.OwnDisk(BootReason.ORDER_BROKEN)
                    : new BootOutcome.Install(order.get(), profile, BootReason.ORDERED);
        }
        if (machine.isPresent() || order.isPresent()) {
            return new BootOutcome.OwnDisk(order.map(BootPolicy::over).orElse(BootReason.NOTHING_ORDERED));
        }
        return rules.unknown() == Unknown.MENU && client.stage().boots()
                ? new BootOutcome.Menu(BootReason.UNKNOWN_MACHINE)
                : new BootOutcome.OwnDisk(BootReason.UNKNOWN_MACHINE);
    }

    private static BootReason over(InstallOrder order) {
        return switch (order.state()) {
            case ARMED -> BootReason.ORDER_EXPIRED;
            case STARTED, ANSWERED, DONE -> BootReason.ORDER_USED;
            case CANCELLED -> BootReason.NOTHING_ORDERED;
        };
    }

    private BootStep step(BootClient client, BootOutcome outcome, BootWay way) {
        if (!client.stage().boots()) {
            return new BootStep.Silence(BootReason.NOT_BOOTING);
        }
        if (client.stage() == BootStage.IPXE) {
            // It is told even when nothing is to be installed: its script then says so on the screen and goes on.
            return new BootStep.ByHttp(SCRIPT, outcome.why());
        }
        if (outcome instanceof BootOutcome.OwnDisk) {
            return new BootStep.LocalDisk(outcome.why());
        }
        ClientArch arch = client.arch().orElse(ClientArch.BIOS);
        if (client.stage() == BootStage.PXE_ROM && way.viaHttp() && arch.isUefi()) {
            // Firmware that gets no answer to PXE goes on to HTTP Boot by itself.
            return new BootStep.Silence(BootReason.HTTP_INSTEAD);
        }
        Optional<String> loader = loaders.loader(arch.program(), way.loader());
        if (loader.isEmpty()) {
            return new BootStep.Silence(BootReason.NO_LOADER);
        }
        return client.stage() == BootStage.HTTP_ROM
                ? new BootStep.ByHttp(LOADERS + loader.get(), outcome.why())
                : new BootStep.ByTftp(
                        loader.get(), way.form(), way.largest(), way.window(), way.onePort(), outcome.why());
    }
}
