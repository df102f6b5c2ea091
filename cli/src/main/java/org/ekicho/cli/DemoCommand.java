package org.ekicho.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
        replay
    }

    @Option(names = "--once", description = "End when the story has ended; exit code 0: all of it happened.")
    private boolean once;

    @Option(
            names = "--break",
            paramLabel = "WHAT",
            description = "Break one thing and see how it is told: key, mcast or replay.")
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
        try (Stage stage = new Stage(teller::report)) {
            boolean happened = new DemoStory(stage, fault, teller, asked).tell();
            if (!once && asked.getCount() > 0) {
                teller.afterwards(stage);
                asked.await();
            }
            return happened ? Exit.GOOD : Exit.NOT_GOOD;
        } finally {
            tidied.countDown();
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
