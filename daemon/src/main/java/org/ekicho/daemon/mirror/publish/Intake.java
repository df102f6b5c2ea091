package org.ekicho.daemon.mirror.publish;

import java.util.List;
import org.ekicho.mirror.snapshot.SnapshotFile;

/// What came of reading a createrepo-shaped folder: every file that its metadata names, or what is wrong with it.
///
/// @param revision what its repomd.xml is called
/// @param files    all that were good, sorted by path
/// @param faults   all that were not
public record Intake(String revision, List<SnapshotFile> files, List<Fault> faults) {
    public Intake {
        files = List.copyOf(files);
        faults = List.copyOf(faults);
    }

    public boolean isGood() {
        return faults.isEmpty();
    }

    /// How many of the files are packages.
    public long packages() {
        return files.stream()
                .filter(file -> file.kind() == SnapshotFile.Kind.PACKAGE)
                .count();
    }

    /// Bytes of all files.
    public long bytes() {
        return files.stream().mapToLong(SnapshotFile::size).sum();
    }
}
