package org.ekicho.daemon.mirror;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.mirror.report.ClientReport;
import org.ekicho.mirror.report.LogReading;
import org.ekicho.mirror.report.ServedHistory;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.ChannelState;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.mirror.snapshot.SnapshotId;

/// Reads the access log, with what was moved aside of it, and what was served meanwhile.
public final class ClientReading {
    /// Files that were moved aside, at most: `access.log.99`.
    private static final int MAX_MOVED = 99;

    private ClientReading() {}

    /// @param since lines before it are left out
    /// @throws IOException when there is no access log: the message says where it was looked for
    public static ClientReport read(MirrorFolder folder, MirrorSettings settings, Instant since) throws IOException {
        Path log = settings.serve()
                .flatMap(serve -> serve.accessLog())
                .map(Path::of)
                .orElseGet(() -> folder.root().resolve(MirrorLayout.ACCESS_LOG));
        if (!Files.isRegularFile(log)) {
            throw new IOException("there is no access log at " + log
                    + "; \"ekicho mirror serve\" writes it as soon as somebody asks for something");
        }
        ClientReport report = new ClientReport(history(folder, settings), since);
        for (int number = MAX_MOVED; number >= 0; number--) {
            Path part = number == 0 ? log : log.resolveSibling(log.getFileName() + "." + number);
            if (Files.isRegularFile(part)
                    && !Files.getLastModifiedTime(part).toInstant().isBefore(since)) {
                try (InputStream in = Files.newInputStream(part)) {
                    LogReading.read(in, report::add);
                }
            }
        }
        return report;
    }

    private static ServedHistory history(MirrorFolder folder, MirrorSettings settings) throws IOException {
        List<ServedHistory.Switch> switches = new ArrayList<>();
        for (ChannelName channel : folder.channels().names()) {
            for (ChannelState state : folder.channels().history(channel)) {
                switches.add(new ServedHistory.Switch(channel, state.since(), state.snapshots()));
            }
        }
        switches.sort(Comparator.comparing(ServedHistory.Switch::since));
        Map<RepoId, List<SnapshotId>> snapshots = new HashMap<>();
        for (RepoId repo : folder.snapshots().repos()) {
            snapshots.put(repo, folder.snapshots().list(repo));
        }
        Map<String, RepoId> aliases = new HashMap<>();
        settings.repos().forEach(repo -> repo.aliases().forEach(alias -> aliases.put(alias, repo.id())));
        return new ServedHistory(switches, snapshots, aliases);
    }
}
