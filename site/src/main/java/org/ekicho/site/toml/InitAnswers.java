package org.ekicho.site.toml;

import java.util.List;
import java.util.Optional;

/// What `ekicho init` asks, and what it takes without asking.
///
/// @param siteName   what the site is called
/// @param interfaces interfaces to serve; empty: all
/// @param servers    hosts to take the time from; empty: an isolated site, whose own clock is its time
/// @param keyFile    key file to use; empty: no keys
/// @param keyId      id of the key that signs, when there is a key file
/// @param multicast  stream to send; empty: none
public record InitAnswers(
        String siteName,
        List<String> interfaces,
        List<String> servers,
        Optional<String> keyFile,
        int keyId,
        Optional<Multicast> multicast) {
    public static final int DEFAULT_KEY_ID = 10;

    public InitAnswers {
        interfaces = List.copyOf(interfaces);
        servers = List.copyOf(servers);
    }

    /// A stream of multicasts.
    ///
    /// @param group      group address
    /// @param interfaces at least one interface that it leaves by
    public record Multicast(String group, List<String> interfaces) {
        public Multicast {
            interfaces = List.copyOf(interfaces);
            if (interfaces.isEmpty()) {
                throw new IllegalArgumentException("a multicast names the interfaces that it leaves by");
            }
        }
    }

    /// What holds with `--yes`: serve everywhere, isolated, no keys, no multicast.
    public static InitAnswers unasked(String siteName) {
        return new InitAnswers(siteName, List.of(), List.of(), Optional.empty(), DEFAULT_KEY_ID, Optional.empty());
    }
}
