package org.ekicho.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.ekicho.daemon.demo.BootYard;
import org.ekicho.daemon.demo.Engine;
import org.ekicho.netboot.policy.InstallOrder;
import org.ekicho.netboot.trace.TraceView;

/// The demo's third act: a machine boots over the network, its trace tells how; real DHCP, TFTP and HTTP on the
/// loopback.
final class DemoBootAct implements AutoCloseable {
    private final DemoTeller teller;
    private final BootYard yard;
    private final Engine engine;
    private final DemoGoals goals = new DemoGoals();

    /// @param folder where all of it lies; the caller removes it
    DemoBootAct(DemoTeller teller, Path folder) throws IOException {
        this.teller = teller;
        yard = new BootYard(folder.resolve("boot"));
        engine = new Engine(yard.doors());
    }

    /// Plays it to its end.
    ///
    /// @return whether all of it happened
    boolean tell(DemoCommand.Fault fault) throws IOException, InterruptedException {
        teller.title("The yard: a machine is installed over the network, on the same loopback");
        BootYard.Doors doors = yard.doors();
        teller.plain(String.format(
                Locale.ROOT,
                "  yard       DHCP :%d  boot service :%d  TFTP :%d",
                doors.dhcp(),
                doors.bootServer(),
                doors.tftp()));
        teller.plain("             " + yard.address() + "  scripts, kernels, trees");
        teller.plain("  engine     " + BootYard.ENGINE + "  pretend UEFI firmware, then a pretend iPXE");
        teller.plain("");
        yard.arm();
        teller.say("you", "ekicho boot install engine", DemoTeller.Tone.QUIET);
        if (fault == DemoCommand.Fault.tftp) broken();
        Engine.Boot boot = engine.powerOn(fault == DemoCommand.Fault.tftp ? Engine.Wire.NARROW : Engine.Wire.GOOD);
        teller.say(
                "engine",
                boot.succeeded()
                        ? "has its loader, its kernel and its initrd, and starts the installer"
                        : "did not get so far",
                boot.succeeded() ? DemoTeller.Tone.GOOD : DemoTeller.Tone.BAD);
        TraceView last = yard.trace().getLast();
        told(last);
        goals.add("engine has fetched loader, script, kernel and initrd, all from us", boot.succeeded());
        goals.add(
                "the order is carried out: at its next boot it starts from its disk",
                yard.order() == InstallOrder.State.STARTED);
        goals.add(
                "the trace tells every step of it, and that it booted",
                last.outcome().equals("BOOTED"));
        return goals.tell(teller);
    }

    /// The pretend network swallows long packets: the first attempt fails.
    private void broken() throws IOException, InterruptedException {
        teller.say("somebody", "puts a tunnel between us: packets over 1450 bytes vanish", DemoTeller.Tone.BAD);
        Engine.Boot first = engine.powerOn(Engine.Wire.NARROW);
        teller.say(
                "engine",
                first.loader() == 0 ? "waits for its loader in vain, and gives up" : "boots all the same?",
                DemoTeller.Tone.BAD);
        TraceView view = yard.trace().getLast();
        teller.plain("");
        teller.title("How you would see it: ekicho boot trace " + BootYard.ENGINE);
        teller.wrapped("  ", view.sentence(), DemoTeller.Tone.BAD);
        teller.wrapped("  next: ", view.command(), DemoTeller.Tone.QUIET);
        if (!view.medium().isEmpty()) teller.wrapped("  or, without it: ", view.medium(), DemoTeller.Tone.QUIET);
        teller.plain("");
        goals.add(
                "the trace says why the first attempt failed",
                view.sentence().contains("full blocks of 1468 bytes do not"));
        teller.say(
                "engine",
                "is switched on once more; the yard changes one thing: smaller blocks",
                DemoTeller.Tone.QUIET);
    }

    /// The steps of the trace that say most.
    private void told(TraceView view) {
        teller.plain("");
        teller.title("How you would see it: ekicho boot trace " + BootYard.ENGINE);
        view.steps().stream()
                .filter(step -> step.what().startsWith("TFTP ")
                        || step.what().startsWith("GET ")
                        || step.what().startsWith("asks for"))
                .forEach(step -> teller.wrapped(
                        String.format(Locale.ROOT, "%7.2f s  %-9s ", step.seconds(), step.stage()),
                        step.what(),
                        step.grade().equals("FAILED") ? DemoTeller.Tone.BAD : DemoTeller.Tone.QUIET));
        teller.wrapped("  ", view.sentence(), DemoTeller.Tone.GOOD);
    }

    /// What to look at while it runs on.
    void afterwards() {
        teller.plain("");
        teller.title("The yard runs on until Ctrl-C. In a browser, or with curl:");
        teller.plain("  " + yard.address() + "/boot/script.ipxe?mac=" + BootYard.ENGINE);
    }

    @Override
    public void close() {
        engine.close();
        yard.close();
    }
}
