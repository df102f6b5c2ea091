package org.ekicho.lab.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.ekicho.lab.lan.Machine;
import org.ekicho.lab.lan.Outcome;

/// A machine whose dnf refreshes and downloads without pause: through the channel and through the mirrorlist, with a
/// cache that is new, and with one that is as old as the grace time lets it be.
final class DnfClient {
    private static final int PACKAGES = 4;

    private final Machine machine;
    private final List<String> names;
    private final Duration latest;
    private final Random dice;
    private final AtomicBoolean ends = new AtomicBoolean();
    private final List<String> failures = new ArrayList<>();
    private final Thread thread;
    private int refreshes;
    private int downloads;
    private int oldDownloads;

    /// @param names  packages that are there at all times
    /// @param latest how old a cache may be
    DnfClient(Machine machine, String server, List<String> names, Duration latest, Random dice) throws IOException {
        this.machine = machine;
        this.names = names;
        this.latest = latest;
        this.dice = dice;
        Files.createDirectories(machine.folder().resolve("repos.d"));
        Files.createDirectories(machine.folder().resolve("log"));
        machine.file("repos.d/lan.repo", """
                [prod-channel]
                name=prod
                baseurl=%1$sprod/base/
                gpgcheck=0

                [latest-list]
                name=latest
                mirrorlist=%1$smirrorlist/latest/base
                gpgcheck=0

                [latest-channel]
                name=latest
                baseurl=%1$slatest/base/
                gpgcheck=0
                """.formatted(server));
        this.thread = new Thread(this::loop, "dnf");
    }

    void start() {
        thread.start();
    }

    /// Ends it.
    ///
    /// @return what went wrong
    List<String> stop() throws InterruptedException {
        ends.set(true);
        thread.join();
        return failures;
    }

    String account() {
        return "dnf: " + refreshes + " refreshes, " + downloads + " downloads with new metadata, " + oldDownloads
                + " with old";
    }

    private void loop() {
        try {
            while (!ends.get()) {
                List<String> repos = List.of("prod-channel", "latest-list", "latest-channel");
                life(repos.get(dice.nextInt(repos.size())));
            }
        } catch (IOException e) {
            failures.add("the dnf loop ended: " + e);
        }
    }

    /// The life of one cache.
    private void life(String repo) throws IOException {
        delete("cache");
        long born = System.nanoTime();
        if (!dnf("--refresh", repo, List.of("makecache"))) {
            pause(Duration.ofSeconds(1));
            return;
        }
        refreshes++;
        download("new", repo);
        downloads++;
        int visits = dice.nextInt(3);
        for (int i = 0; i < visits && !ends.get(); i++) {
            pause(Duration.ofMillis(dice.nextLong(latest.toMillis() / 3)));
            if (System.nanoTime() - born > latest.toNanos()) {
                return;
            }
            if (dice.nextInt(3) == 0) {
                // The cache becomes a new one by this.
                born = System.nanoTime();
                dnf("--refresh", repo, List.of("makecache"));
                refreshes++;
            }
            download("old", repo);
            oldDownloads++;
        }
    }

    private void download(String how, String repo) throws IOException {
        delete("packages");
        List<String> words = new ArrayList<>(List.of("install", "--downloadonly", "--downloaddir=packages"));
        for (int i = 0; i < PACKAGES; i++) {
            words.add(names.get(dice.nextInt(names.size())));
        }
        dnf(how, repo, words);
    }

    private boolean dnf(String how, String repo, List<String> words) {
        Path here = machine.folder();
        List<String> all = new ArrayList<>(List.of(
                "dnf",
                "-y",
                "-q",
                "--noplugins",
                "--releasever=9",
                "--installroot=" + here.resolve("root"),
                "--setopt=module_platform_id=platform:el9",
                "--setopt=reposdir=" + here.resolve("repos.d"),
                "--setopt=cachedir=" + here.resolve("cache"),
                "--setopt=logdir=" + here.resolve("log"),
                "--setopt=skip_if_unavailable=0",
                "--setopt=retries=1",
                "--repo=" + repo));
        if (how.equals("--refresh")) {
            all.add(how);
        } else {
            all.add("--setopt=metadata_expire=never");
        }
        words.forEach(word ->
                all.add(word.startsWith("--downloaddir=") ? "--downloaddir=" + here.resolve("packages") : word));
        long begun = System.currentTimeMillis();
        Outcome outcome = machine.run(all.toArray(String[]::new));
        if (outcome.exit() != 0) {
            failures.add(begun + " to " + System.currentTimeMillis() + " " + outcome.transcript());
        }
        return outcome.exit() == 0;
    }

    private void delete(String name) throws IOException {
        Path folder = machine.folder().resolve(name);
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void pause(Duration duration) {
        long until = System.nanoTime() + duration.toNanos();
        try {
            while (!ends.get() && System.nanoTime() < until) {
                Thread.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
