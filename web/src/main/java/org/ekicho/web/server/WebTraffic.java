package org.ekicho.web.server;

import java.util.List;
import org.ekicho.web.WebReason;

/// What a web server did since its start.
///
/// @param requests    answered
/// @param bytes       of bodies sent
/// @param connections open now
/// @param refused     by reason, only those that happened
/// @param linesLost   lines of the access log that could not be written
public record WebTraffic(long requests, long bytes, int connections, List<Refusals> refused, long linesLost) {
    /// Of a server that does not run.
    public static final WebTraffic NONE = new WebTraffic(0, 0, 0, List.of(), 0);

    public WebTraffic {
        refused = List.copyOf(refused);
    }

    /// How often a reason was given.
    public record Refusals(WebReason reason, long count) {}
}
