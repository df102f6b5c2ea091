package org.ekicho.daemon.mirror.bundle;

import java.util.List;

/// What an import did, or would do.
///
/// @param bundles   read and found good
/// @param published snapshots, as `ID of REPO`
/// @param already   snapshots that were there
/// @param conflicts snapshots in whose place there is another one with other files, which stays
/// @param waiting   snapshots that wait, and for what
/// @param channels  what was pointed where, in words
/// @param strays    volumes of bundles that are not known
public record ImportReport(
        List<Bundle> bundles,
        List<String> published,
        List<String> already,
        List<String> conflicts,
        List<Waiting> waiting,
        List<String> channels,
        List<String> strays) {
    public ImportReport {
        bundles = List.copyOf(bundles);
        published = List.copyOf(published);
        already = List.copyOf(already);
        conflicts = List.copyOf(conflicts);
        waiting = List.copyOf(waiting);
        channels = List.copyOf(channels);
        strays = List.copyOf(strays);
    }

    /// A bundle that was read.
    ///
    /// @param basedOn what it builds on
    /// @param missing numbers of volumes that are not here
    public record Bundle(String id, String site, String basedOn, int volumes, long bytes, List<Integer> missing) {
        public Bundle {
            missing = List.copyOf(missing);
        }
    }

    /// A snapshot that waits.
    ///
    /// @param why what it waits for, in words
    public record Waiting(String snapshot, String bundle, int objects, long bytes, String why) {}

    /// Whether everything is here, as it was sent.
    public boolean isComplete() {
        return waiting.isEmpty() && strays.isEmpty() && conflicts.isEmpty();
    }
}
