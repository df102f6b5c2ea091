package org.ekicho.daemon.mirror.sync;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The last run that found upstream as before, in `cache/REPO/last-look`: lines `key=value`. It is written by most
/// runs,
/// has little to say and may get lost, so that it is neither JSON nor forced to the disk.
record LastLook(Path file) {
    static LastLook in(Path cache) {
        return new LastLook(cache.resolve("last-look"));
    }

    void write(SyncReport report) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("started=").append(report.startedAt());
        text.append("\nended=").append(report.endedAt());
        text.append("\nsnapshot=").append(report.snapshot().orElse(""));
        text.append("\nreceived=").append(report.receivedBytes());
        for (SyncReport.MirrorShare share : report.mirrors()) {
            text.append("\nmirror=").append(share.address());
        }
        for (String note : report.notes()) {
            text.append("\nnote=").append(note.replace('\n', ' '));
        }
        Path beside = file.resolveSibling("." + file.getFileName() + ".new");
        Files.writeString(beside, text.append('\n'), StandardCharsets.UTF_8);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Empty when there is none that can be read.
    Optional<SyncReport> read(String repo) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        List<SyncReport.MirrorShare> mirrors = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            int equals = line.indexOf('=');
            String value = line.substring(equals + 1);
            switch (line.substring(0, Math.max(equals, 0))) {
                case "mirror" -> mirrors.add(new SyncReport.MirrorShare(value, 0, 0, 0, ""));
                case "note" -> notes.add(value);
                case String key -> values.put(key, value);
            }
        }
        try {
            return Optional.of(SyncReport.unchanged(
                    repo,
                    Instant.parse(values.getOrDefault("started", "")),
                    Instant.parse(values.getOrDefault("ended", "")),
                    values.getOrDefault("snapshot", ""),
                    Long.parseLong(values.getOrDefault("received", "")),
                    mirrors,
                    notes));
        } catch (DateTimeException | NumberFormatException e) {
            // Half of it, or of another version: as good as none.
            return Optional.empty();
        }
    }
}
