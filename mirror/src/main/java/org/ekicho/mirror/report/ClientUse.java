package org.ekicho.mirror.report;

import java.util.List;

/// What one client did, as the log tells.
///
/// @param client     its address
/// @param lastSeen   ISO 8601, UTC, to the second
/// @param tool       the program that it used last, as that says
/// @param os         empty: not said
/// @param arch       empty: not said
/// @param repos      what it uses, by channel and repository
/// @param packages   fetched
/// @param bytes      of all answers
/// @param latest     names of the packages fetched last, the newest first
/// @param errors     answers of status 400 and above
/// @param lastError  `404 /latest/base/x.rpm`; empty: there was none
public record ClientUse(
        String client,
        String lastSeen,
        String tool,
        String os,
        String arch,
        List<RepoUse> repos,
        long packages,
        long bytes,
        List<String> latest,
        long errors,
        String lastError) {
    public ClientUse {
        repos = List.copyOf(repos);
        latest = List.copyOf(latest);
    }

    /// Whether any repository of it is behind.
    public boolean isBehind() {
        return repos.stream().anyMatch(use -> use.behind() > 0);
    }

    /// A repository that it uses.
    ///
    /// @param repo     its id
    /// @param channel  through which channel; empty: by a snapshot's own address, no channel known
    /// @param snapshot whose repomd.xml it fetched last; empty: none, or it is forgotten which
    /// @param fetched  when, ISO 8601; empty: never
    /// @param behind   newer states that it could have
    public record RepoUse(String repo, String channel, String snapshot, String fetched, int behind) {}
}
