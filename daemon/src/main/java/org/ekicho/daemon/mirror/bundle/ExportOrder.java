package org.ekicho.daemon.mirror.bundle;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;

/// What is to be exported.
///
/// @param repos       empty: all that have snapshots
/// @param channel     what this channel points to; empty: the newest of each repository and what channels point to
/// @param receiver    name of the receiver, under which `--since last` remembers
/// @param to          folder in which the bundle's own folder is made
/// @param volumeBytes bytes that a volume has at most
public record ExportOrder(
        List<RepoId> repos, Optional<ChannelName> channel, Since since, String receiver, Path to, long volumeBytes) {
    public ExportOrder {
        repos = List.copyOf(repos);
    }
}
