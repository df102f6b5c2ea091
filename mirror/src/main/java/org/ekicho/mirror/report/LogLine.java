package org.ekicho.mirror.report;

import java.time.Instant;

/// One line of an access log in combined format.
///
/// @param client address or name of who asked
/// @param at     when the answer ended, to the second
/// @param method `GET`
/// @param path   as asked for, still percent-encoded, without a query
/// @param status of the answer
/// @param bytes  of its body
/// @param agent  User-Agent; empty when none was sent
public record LogLine(String client, Instant at, String method, String path, int status, long bytes, String agent) {
    /// Whether the client now has what it asked for, or had it already.
    public boolean isGood() {
        return status == 200 || status == 206 || status == 304;
    }
}
