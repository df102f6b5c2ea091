package org.ekicho.lab.torture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.ekicho.mirror.RefusedException;
import org.ekicho.mirror.codec.Codec;
import org.ekicho.mirror.codec.OpenLimits;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.metadata.PackageEntry;
import org.ekicho.mirror.metadata.PrimaryReader;
import org.ekicho.mirror.repodata.Repomd;
import org.ekicho.mirror.repodata.RepomdReader;
import org.ekicho.mirror.repodata.RepomdRecord;

/// A client that never rests and checks everything: a process on the client's machine. It ends when the file `stop`
/// appears in its folder. It writes `prober.txt`, one line for each thing that it saw:
///
/// ```text
/// SAW   channel repo revision begun ended       milliseconds since 1970
/// CYCLE how files                               a repository was read and every checksum was right
/// BAD   when what                               it was not
/// ```
final class Prober {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PACKAGES = 3;

    private final String server;
    private final Path folder;
    private final Duration latest;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private Prober(String server, Path folder, Duration latest) {
        this.server = server;
        this.folder = folder;
        this.latest = latest;
    }

    /// @param args the server's address, the folder, how many milliseconds a client may be late, a seed
    public static void main(String[] args) throws InterruptedException {
        Prober prober = new Prober(args[0], Path.of(args[1]), Duration.ofMillis(Long.parseLong(args[2])));
        long seed = Long.parseLong(args[3]);
        List<Thread> threads = new ArrayList<>();
        threads.add(Thread.ofPlatform().start(prober::watch));
        // Late clients sleep most of the time, so there are several; the quick ones are few.
        for (int i = 0; i < 8; i++) {
            Random dice = new Random(seed + i);
            Pace pace = i < 2 ? Pace.QUICK : Pace.LATE;
            threads.add(Thread.ofPlatform().start(() -> prober.probe(dice, pace)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private enum Pace {
        QUICK,
        LATE
    }

    /// What was not as it should be: a status, a checksum.
    private static final class Gap extends Exception {
        private static final long serialVersionUID = 1L;

        Gap(String what) {
            super(what);
        }
    }

    private boolean goesOn() {
        return !Files.exists(folder.resolve("stop"));
    }

    /// Looks at both channels again and again, so that a step back is seen wherever it happens.
    private void watch() {
        while (goesOn()) {
            for (String place : List.of("latest/base", "prod/base", "latest/own")) {
                try {
                    saw(place);
                } catch (Gap | IOException e) {
                    bad("watching " + place, e);
                } catch (InterruptedException e) {
                    return;
                }
            }
            pause(60);
        }
    }

    private void probe(Random dice, Pace pace) {
        List<String> repos = List.of("latest/base", "prod/base", "latest/base", "prod/base", "latest/own");
        while (goesOn()) {
            String repo = repos.get(dice.nextInt(repos.size()));
            boolean pinned = dice.nextInt(3) == 0;
            String how = pace + (pinned ? " by mirrorlist of " : " through ") + repo;
            try {
                say("CYCLE " + how + ": " + cycle(repo, pinned, dice, pace) + " files");
            } catch (Gap | IOException | RefusedException e) {
                bad(how, e);
            } catch (InterruptedException e) {
                return;
            }
            pause(pace == Pace.QUICK ? 100 : 300);
        }
    }

    /// Reads a repository as a client does: its root, all that it names, some packages.
    private int cycle(String repo, boolean pinned, Random dice, Pace pace)
            throws Gap, IOException, InterruptedException, RefusedException {
        String base = server + repo + "/";
        if (pinned) {
            byte[] list = read(server + "mirrorlist/" + repo);
            base = new String(list, StandardCharsets.US_ASCII)
                    .lines()
                    .findFirst()
                    .orElseThrow();
        }
        Repomd repomd = pinned ? repomd(base) : saw(repo);
        pause(delay(dice, pace));
        byte[] primary = new byte[0];
        int files = 1;
        for (RepomdRecord record : repomd.records()) {
            byte[] bytes = checked(base + record.location(), record.checksum());
            files++;
            if (record.type().equals("primary")) {
                primary = bytes;
            }
        }
        List<PackageEntry> packages = packages(repomd.record("primary").orElseThrow(), primary);
        pause(delay(dice, pace));
        for (int i = 0; i < PACKAGES; i++) {
            PackageEntry each = packages.get(dice.nextInt(packages.size()));
            checked(base + each.path().text(), each.pkgid());
            files++;
        }
        return files;
    }

    private long delay(Random dice, Pace pace) {
        return pace == Pace.QUICK ? dice.nextInt(40) : dice.nextLong(latest.toMillis() / 2);
    }

    private Repomd saw(String place) throws Gap, IOException, InterruptedException {
        long begun = System.currentTimeMillis();
        Repomd repomd = repomd(server + place + "/");
        say("SAW " + place.replace('/', ' ') + " " + repomd.revision() + " " + begun + " "
                + System.currentTimeMillis());
        return repomd;
    }

    private Repomd repomd(String base) throws Gap, IOException, InterruptedException {
        byte[] bytes = read(base + "repodata/repomd.xml");
        try {
            return RepomdReader.read(new ByteArrayInputStream(bytes)).orThrow();
        } catch (RefusedException e) {
            throw new Gap(base + "repodata/repomd.xml: " + e.getMessage());
        }
    }

    private static List<PackageEntry> packages(RepomdRecord record, byte[] primary)
            throws IOException, RefusedException {
        List<PackageEntry> packages = new ArrayList<>();
        try (InputStream in = Codec.ofName(record.location())
                .decompressing(new ByteArrayInputStream(primary), OpenLimits.of(record.openSize()))) {
            PrimaryReader.readTable(in).orThrow().packages().forEach(packages::add);
        }
        return packages;
    }

    private byte[] checked(String url, Checksum wanted) throws Gap, IOException, InterruptedException {
        byte[] bytes = read(url);
        try {
            byte[] digest = MessageDigest.getInstance(wanted.type().algorithm()).digest(bytes);
            if (!HexFormat.of().formatHex(digest).equals(wanted.hex())) {
                throw new Gap(url + ": " + bytes.length + " bytes that are not " + wanted);
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        return bytes;
    }

    private byte[] read(String url) throws Gap, IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
        HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new Gap(url + ": status " + response.statusCode());
        }
        return response.body();
    }

    private void bad(String how, Exception e) {
        say("BAD " + System.currentTimeMillis() + " " + how.toLowerCase(Locale.ROOT) + ": " + e);
        pause(200);
    }

    private synchronized void say(String line) {
        try {
            Files.writeString(
                    folder.resolve("prober.txt"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void pause(long millis) {
        // In short steps, so that an end is noticed.
        long until = System.nanoTime() + millis * 1_000_000;
        try {
            for (long left = millis; left > 0 && goesOn(); left = (until - System.nanoTime()) / 1_000_000) {
                Thread.sleep(Math.min(left, 500));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
