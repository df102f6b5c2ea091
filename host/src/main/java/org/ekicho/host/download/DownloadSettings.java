package org.ekicho.host.download;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// How files are fetched from one upstream.
///
/// @param userAgent    what we call ourselves, such as `ekicho/0.1.0`
/// @param proxy        to go through; empty: none
/// @param login        and the servers that get it; never sent to others, nor to where those redirect
/// @param tls          whom we believe, and who we are
/// @param patience     when a server is given up
/// @param connections  to one server at once
public record DownloadSettings(
        String userAgent,
        Optional<Proxy> proxy,
        Optional<ServerLogin> login,
        Tls tls,
        Patience patience,
        int connections) {
    /// Without proxy or login, with the system's authorities.
    public static DownloadSettings of(String userAgent, int connections) {
        return new DownloadSettings(
                userAgent, Optional.empty(), Optional.empty(), Tls.SYSTEM, Patience.DEFAULT, connections);
    }

    /// A name and a password, which is never printed.
    public record Login(String name, String password) {
        @Override
        public String toString() {
            return name + ":****";
        }
    }

    /// A login and who gets it. A server that a list of mirrors names is somebody else's until the admin names it, too.
    ///
    /// @param servers `https://host` or `https://host:port`
    public record ServerLogin(Login login, Set<String> servers) {
        public ServerLogin {
            servers = Set.copyOf(servers);
        }

        /// For the servers of these addresses; what is none has no server.
        public static ServerLogin of(Login login, Collection<String> addresses) {
            return new ServerLogin(
                    login,
                    addresses.stream()
                            .map(Addresses::parse)
                            .flatMap(Optional::stream)
                            .map(Downloads::server)
                            .collect(Collectors.toSet()));
        }
    }

    /// An HTTP proxy.
    ///
    /// @param address `http://host:port`
    public record Proxy(String address, Optional<Login> login) {}

    /// PEM files of the TLS connection.
    ///
    /// @param caFile     authorities that are believed instead of the system's
    /// @param clientCert our certificate, with its chain
    /// @param clientKey  its key; empty: in the same file
    /// @param verify     whether the server must prove who it is
    public record Tls(Optional<Path> caFile, Optional<Path> clientCert, Optional<Path> clientKey, Verify verify) {
        public static final Tls SYSTEM =
                new Tls(Optional.empty(), Optional.empty(), Optional.empty(), Verify.CERTIFICATE);

        /// Whether the server must prove who it is.
        public enum Verify {
            CERTIFICATE,
            NOTHING
        }
    }

    /// When a server is given up.
    ///
    /// @param connect     the longest wait for a connection
    /// @param stall       the longest wait for the next byte
    /// @param minimumRate bytes per second below which a transfer is given up, measured over `stall`
    public record Patience(Duration connect, Duration stall, long minimumRate) {
        /// dnf's: 30 seconds, 1000 bytes per second; a LAN or a near mirror connects in far less than ten seconds.
        public static final Patience DEFAULT = new Patience(Duration.ofSeconds(10), Duration.ofSeconds(30), 1000);
    }
}
