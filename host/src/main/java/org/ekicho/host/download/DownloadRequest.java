package org.ekicho.host.download;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/// A file to fetch.
///
/// @param address `http`, `https` or `file`
/// @param target  where it is written; a part of it that is there already is used as `resume` says
/// @param digests algorithms as Java names them (`SHA-256`) that are computed while it is written
/// @param size    bytes that it must have; empty: not known
/// @param limit   more bytes than these are refused
/// @param resume  what becomes of a part of it
public record DownloadRequest(
        URI address, Path target, List<String> digests, OptionalLong size, long limit, Resume resume) {
    public DownloadRequest {
        digests = List.copyOf(digests);
    }

    /// A small file that is fetched anew each time.
    public static DownloadRequest anew(URI address, Path target, long limit, String... digests) {
        return new DownloadRequest(address, target, List.of(digests), OptionalLong.empty(), limit, Resume.NEVER);
    }

    /// What becomes of a part that an earlier attempt left.
    public enum Resume {
        /// It is written anew.
        NEVER,
        /// Continued when the same server says by ETag or Last-Modified that it has the same file still.
        SAME_FILE,
        /// Continued from any server: the caller knows a checksum of the whole.
        ANY_SERVER
    }
}
