package org.ekicho.daemon.mirror.index;

/// Is told how far a run is; called by its thread after each package, so it must be quick.
public interface IndexProgress {
    /// Says nothing to nobody.
    IndexProgress NONE = (done, packages, bytes) -> {};

    /// @param done     files that are done, in either way
    /// @param packages files in all
    /// @param bytes    that were read so far
    void advanced(int done, int packages, long bytes);
}
