package org.ekicho.daemon.mirror.folder;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.ChannelState;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotId;
import org.ekicho.mirror.snapshot.WayBack;

/// Publishes, promotes, rolls back and collects without pause until it is killed.
final class Victim {
    static final ChannelName TEST = new ChannelName("test");
    static final ChannelName PROD = new ChannelName("prod");
    private static final List<RepoId> REPOS = List.of(new RepoId("base"), new RepoId("extras"));
    private static final int PACKAGES = 30;

    private final MirrorFolder folder;
    private final Random dice;

    Victim(MirrorFolder folder, Random dice) {
        this.folder = folder;
        this.dice = dice;
    }

    /// Little is kept and the grace time is short, so that there is always something to collect.
    static MirrorSettings settings(Path root) {
        return new MirrorSettings(
                root.toString(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofMillis(200),
                1,
                1,
                OptionalLong.empty());
    }

    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        Victim victim = new Victim(MirrorFolder.open(root, settings(root)), new Random(Long.parseLong(args[1])));
        System.out.println("ready");
        while (true) {
            victim.step();
        }
    }

    void step() throws IOException {
        Instant now = Instant.now();
        switch (dice.nextInt(6)) {
            case 0, 1, 2 -> publish(now);
            case 3 -> {
                Optional<ChannelState> test = folder.channels().current(TEST);
                if (test.isPresent()) {
                    folder.channels().point(PROD, test.get().snapshots(), now, "promote");
                }
            }
            case 4 -> rollBack(now);
            default -> folder.collector().collect(Set.of(), now, Duration.ofSeconds(30));
        }
    }

    private void publish(Instant now) throws IOException {
        RepoId repo = REPOS.get(dice.nextInt(REPOS.size()));
        List<String> packages = new ArrayList<>();
        for (int i = 0; i < PACKAGES; i++) {
            if (dice.nextInt(3) > 0) {
                packages.add("Packages/p" + i + "-" + dice.nextInt(3) + "-1.noarch.rpm");
            }
        }
        try (RepoLock _ = folder.lock(repo, "publish", Duration.ofSeconds(30))) {
            Snapshot made = Contents.publish(folder, repo, now, packages.toArray(String[]::new));
            folder.channels().point(TEST, Map.of(repo, made.id()), now, "publish");
        }
    }

    private void rollBack(Instant now) throws IOException {
        Optional<ChannelState> back = WayBack.next(folder.channels().history(PROD));
        if (back.isPresent()) {
            Map<RepoId, SnapshotId> former = back.get().snapshots();
            for (Map.Entry<RepoId, SnapshotId> each : former.entrySet()) {
                if (folder.snapshots().read(each.getKey(), each.getValue()).isEmpty()) {
                    throw new IOException(each + " of the previous state is gone");
                }
            }
            folder.channels()
                    .point(PROD, former, now, ChannelState.rollbackTo(back.get().number()));
        }
    }
}
