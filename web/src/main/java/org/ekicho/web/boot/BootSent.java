package org.ekicho.web.boot;

/// What became of an answer.
///
/// @param status   HTTP status
/// @param size     bytes of the whole file or text
/// @param from     first byte that was asked for
/// @param bytes    bytes of the body that left
/// @param complete whether all that was asked for left
/// @param nanos    from the request to the end
public record BootSent(int status, long size, long from, long bytes, boolean complete, long nanos) {
    /// True when the whole file has left, in this answer or with it.
    public boolean isWhole() {
        return complete && (status == 200 || status == 206) && from + bytes == size;
    }
}
