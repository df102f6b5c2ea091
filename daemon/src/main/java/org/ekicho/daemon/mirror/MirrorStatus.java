package org.ekicho.daemon.mirror;

import java.util.List;

/// How the mirror fares.
///
/// @param folder      where it lies
/// @param listening   addresses at which it is served; empty: it is not
/// @param requests    answered since the start
/// @param bytes       of bodies sent
/// @param connections open now
/// @param refused     requests and connections by reason
/// @param linesLost   of the access log
/// @param syncs       the last run on each repository
public record MirrorStatus(
        String folder,
        List<String> listening,
        long requests,
        long bytes,
        int connections,
        List<Refused> refused,
        long linesLost,
        List<BackgroundSync.LastSync> syncs) {
    public MirrorStatus {
        listening = List.copyOf(listening);
        refused = List.copyOf(refused);
        syncs = List.copyOf(syncs);
    }

    /// How often a reason was given.
    ///
    /// @param reason   `leaves-the-folder`
    /// @param sentence the same in words
    public record Refused(String reason, String sentence, long count) {}
}
