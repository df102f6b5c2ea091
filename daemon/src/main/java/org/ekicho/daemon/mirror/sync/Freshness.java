package org.ekicho.daemon.mirror.sync;

/// Whether a repository is what its upstream has now.
///
/// @param sentence the same for people
public record Freshness(State state, String sentence) {
    /// What was found.
    public enum State {
        CURRENT,
        NEWER,
        /// Upstream could not be asked.
        UNKNOWN,
        /// It has no upstream.
        NOT_FETCHED
    }
}
