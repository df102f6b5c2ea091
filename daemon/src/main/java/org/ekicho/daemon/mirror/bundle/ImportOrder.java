package org.ekicho.daemon.mirror.bundle;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ekicho.mirror.settings.ChannelName;

/// What is to be imported.
///
/// @param folders  where bundles and volumes lie; empty: only see whether what waits is complete now
/// @param channels which channels follow the import
public record ImportOrder(List<Path> folders, Pointing channels) {
    public ImportOrder {
        folders = List.copyOf(folders);
    }

    /// Which channels follow.
    public sealed interface Pointing {
        /// `latest` goes to the newest that was imported, never back.
        record Latest() implements Pointing {}

        /// Channels of the sender, and those here that follow them.
        record Mapped(Map<ChannelName, ChannelName> channels) implements Pointing {
            public Mapped {
                channels = Map.copyOf(channels);
            }
        }

        /// None: snapshots are there and no client sees them yet.
        record Nothing() implements Pointing {}
    }
}
