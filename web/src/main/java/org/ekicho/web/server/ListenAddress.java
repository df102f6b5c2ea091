package org.ekicho.web.server;

import java.io.IOException;

/// Where to listen.
///
/// @param host an address, without brackets
/// @param port 0: any that is free
record ListenAddress(String host, int port) {
    private static final int MAX_PORT = 65_535;

    /// Reads `0.0.0.0:80`, `[::]:80` and `:80` (all addresses).
    ///
    /// @throws IOException when it is none
    static ListenAddress parse(String text) throws IOException {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        String port = colon < 0 ? "" : text.substring(colon + 1);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > MAX_PORT || (host.contains(":") && !bracketed)) {
            throw new IOException("\"" + text + "\" is no address to listen on; e.g. 0.0.0.0:80 or [::]:80");
        }
        String plain = bracketed ? host.substring(1, host.length() - 1) : host;
        return new ListenAddress(plain.isEmpty() ? "0.0.0.0" : plain, Integer.parseInt(port));
    }

    /// As written in an address.
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
