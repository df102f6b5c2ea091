package org.ekicho.daemon.mirror.index;

import java.util.Comparator;

/// A file that is called like a package, as the file system describes it.
///
/// @param path       relative to the folder, with `/`
/// @param size       bytes
/// @param mtimeNanos modification time, nanoseconds since 1970
/// @param ctimeNanos time of the last change of any kind, which no program can set
/// @param inode      number of the file on its file system
record FoundPackage(String path, long size, long mtimeNanos, long ctimeNanos, long inode) {
    /// createrepo_c's order: by file name, then by folder.
    static final Comparator<FoundPackage> BY_NAME =
            Comparator.comparing(FoundPackage::name).thenComparing(FoundPackage::path);

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// Whether it may have changed in the very moment in which it was read without showing it: file systems
    /// count time in steps of up to two seconds.
    boolean isYoung(long readAtNanos) {
        return ctimeNanos + STEP_NANOS > readAtNanos;
    }

    private static final long STEP_NANOS = 2_000_000_000L;
}
