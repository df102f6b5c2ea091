package org.ekicho.mirror.repodata;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.ekicho.mirror.hash.Checksum;

/// One `<data>` of repomd.xml: a metadata file and how to check it.
///
/// @param type            `primary`, `filelists`, `other`, `group`, `updateinfo`, `modules` or any other word
/// @param location        path relative to the repository
/// @param checksum        of the file as it lies there
/// @param openChecksum    of its content when decompressed
/// @param headerChecksum  of a zchunk header
/// @param timestamp       seconds since 1970; 0 when absent
/// @param size            bytes of the file
/// @param openSize        bytes when decompressed
/// @param headerSize      bytes of a zchunk header
/// @param databaseVersion 10 for sqlite databases
public record RepomdRecord(
        String type,
        String location,
        Checksum checksum,
        Optional<Checksum> openChecksum,
        Optional<Checksum> headerChecksum,
        long timestamp,
        OptionalLong size,
        OptionalLong openSize,
        OptionalLong headerSize,
        OptionalInt databaseVersion) {}
