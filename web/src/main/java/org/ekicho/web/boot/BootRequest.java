package org.ekicho.web.boot;

import java.util.Map;
import java.util.Optional;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// What a machine asks by HTTP.
///
/// @param method  GET, HEAD or POST
/// @param path    decoded and checked: `/boot/script.ipxe`
/// @param query   decoded; of a name that comes twice, the first
/// @param peer    who asks
/// @param local   the address and port that was asked
/// @param agent   the User-Agent header; empty without
/// @param headers those that begin with `X-`, names in lower case: Anaconda says its addresses and serial number there
/// @param body    of a POST, as text
public record BootRequest(
        String method,
        String path,
        Map<String, String> query,
        IpAddress peer,
        Endpoint local,
        String agent,
        Map<String, String> headers,
        String body) {
    public BootRequest {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /// A word of the query.
    public Optional<String> ask(String name) {
        return Optional.ofNullable(query.get(name));
    }
}
