package org.ekicho.web.lists;

import java.util.List;

/// A mirrorlist (one address a line), as yum and dnf read it. All addresses are of one and the same snapshot,
/// which never changes: no run of dnf that began with it sees another.
public final class Mirrorlist {
    private Mirrorlist() {}

    /// @param addresses of the snapshot's folder on each server, the nearest first
    public static String format(List<String> addresses) {
        return String.join("\n", addresses) + "\n";
    }

    /// The addresses of a snapshot's folder: ours, then the siblings'.
    ///
    /// @param servers base addresses without a slash at the end
    /// @param path    of the snapshot, `/snapshots/REPO/ID/`
    public static List<String> addresses(List<String> servers, String path) {
        return servers.stream().map(server -> server + path).toList();
    }
}
