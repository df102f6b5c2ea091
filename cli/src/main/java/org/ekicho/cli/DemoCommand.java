package org.ekicho.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.ekicho.daemon.demo.ScratchFolder;
import org.ekicho.daemon.demo.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `ekicho demo`: a site on one loopback that finds its time before the reader's eyes.
@Command(name = "demo", description = "See it work on this machine's loopback: no root, no file, no clock is touched.")
final class DemoCommand extends Printing implements Callable<Integer> {
    /// What is broken on purpose.
    enum Fault {
        none,
        key,
        mcast,
        replay,
        mirror,
        tftp
    }

    @Option(names = "--once", description = "End when the story has ended; exit code 0: all of it happened.")
    private boolean once;

    @Option(
            names = "--break",
            paramLabel = "WHAT",
            description = "Break one thing and see how it is told: key, mcast, replay, mirror or tftp.")
    private Fault fault = Fault.none;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Logging.onlyWarnings();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch tidied = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("end").unstarted(() -> {
            asked.countDown();
            awaitQuietly(tidied);
        }));
        DemoTeller teller = new DemoTeller(screen);
        try {
            boolean happened = switch (fault) {
                case mirror -> mirror(teller, asked, () -> {});
                case tftp -> boot(teller, asked);
                case none, key, mcast, replay -> time(teller, asked);
            };
            if (once && asked.getCount() > 0) {
                teller.next(happened);
            }
            return happened ? Exit.GOOD : Exit.NOT_GOOD;
        } finally {
            tidied.countDown();
        }
    }

    /// The act of the clocks; when nothing is broken, the act of the mirror follows while they run on.
    private boolean time(DemoTeller teller, CountDownLatch asked) throws IOException, InterruptedException {
        try (Stage stage = new Stage(teller::report)) {
            boolean happened = new DemoStory(stage, fault, teller, asked).tell();
            if (fault == Fault.none && happened && asked.getCount() > 0) {
                teller.plain("");
                return mirror(teller, asked, () -> teller.afterwards(stage));
            }
            linger(asked, () -> teller.afterwards(stage));
            return happened;
        }
    }

    private boolean mirror(DemoTeller teller, CountDownLatch asked, Runnable others)
            throws IOException, InterruptedException {
        try (ScratchFolder folder = new ScratchFolder();
                DemoMirrorAct act = new DemoMirrorAct(teller, folder.path())) {
            boolean happened = act.tell(fault);
            if (fault == Fault.none && happened && asked.getCount() > 0) {
                teller.plain("");
                happened = boot(teller, asked);
            }
            linger(asked, () -> {
                others.run();
                act.afterwards();
            });
            return happened;
        }
    }

    private boolean boot(DemoTeller teller, CountDownLatch asked) throws IOException, InterruptedException {
        try (ScratchFolder folder = new ScratchFolder();
                DemoBootAct act = new DemoBootAct(teller, folder.path())) {
            boolean happened = act.tell(fault);
            // As the last act of all it ends with the others.
            if (fault == Fault.tftp) linger(asked, act::afterwards);
            return happened;
        }
    }

    /// Leaves all of it running until the reader wants the end.
    private void linger(CountDownLatch asked, Runnable afterwards) throws InterruptedException {
        if (!once && asked.getCount() > 0) {
            afterwards.run();
            asked.await();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
