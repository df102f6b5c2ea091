package org.ekicho.mirror.settings;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where a repository comes from, as its `.repo` file says; variables are replaced already.
///
/// @param baseUrls    addresses of the repository itself (`http`, `https`, `ftp`, `file`)
/// @param mirrorlist  address of a list of such addresses
/// @param metalink    address of a metalink for its repomd.xml
/// @param proxy       `http://host:port` to go through; empty: none
/// @param login       name and password for the servers that the file itself names
/// @param proxyLogin  name and password for the proxy
/// @param tls         certificates and keys
public record Upstream(
        List<String> baseUrls,
        Optional<String> mirrorlist,
        Optional<String> metalink,
        Optional<String> proxy,
        Optional<Login> login,
        Optional<Login> proxyLogin,
        Tls tls) {
    public Upstream {
        baseUrls = List.copyOf(baseUrls);
    }

    /// Only base addresses, nothing else.
    public static Upstream of(String... baseUrls) {
        return new Upstream(
                List.of(baseUrls),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Tls.SYSTEM);
    }

    /// The addresses that the file itself names: those of mirrors that a list names are not among them.
    public List<String> ownAddresses() {
        return Stream.of(baseUrls.stream(), mirrorlist.stream(), metalink.stream())
                .flatMap(address -> address)
                .toList();
    }

    /// A name and a password, which is never printed.
    public record Login(String name, String password) {
        @Override
        public String toString() {
            return name + ":****";
        }
    }

    /// TLS of the connection to upstream; paths of PEM files.
    ///
    /// @param caFile     authorities that are believed instead of the system's
    /// @param clientCert our certificate (RHSM entitlement)
    /// @param clientKey  its key
    /// @param verify     whether the server's certificate is checked
    public record Tls(Optional<String> caFile, Optional<String> clientCert, Optional<String> clientKey, Verify verify) {
        public static final Tls SYSTEM =
                new Tls(Optional.empty(), Optional.empty(), Optional.empty(), Verify.CERTIFICATE);

        /// Whether the server must prove who it is.
        public enum Verify {
            CERTIFICATE,
            NOTHING
        }
    }
}
