package org.ekicho.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ekicho.daemon.mirror.bundle.BundleDesk;
import org.ekicho.mirror.bundle.BundleSecret;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// This site's bundle key: which one signs, and making it.
final class BundleKeyOptions {
    @Option(names = "--sign-with", paramLabel = "FILE", description = "Another secret key than this mirror's own.")
    private @Nullable Path signWith;

    @Option(names = "--make-key", description = "Make this site's key, if it has none, and show its fingerprint.")
    private boolean make;

    @Option(
            names = "--key-to",
            paramLabel = "FILE",
            description = "Write the public key there: the other side pins it with: ekicho mirror import --trust FILE")
    private @Nullable Path keyTo;

    @Option(names = "--name", paramLabel = "NAME", description = "This site's name in a new key (default: host name).")
    private @Nullable String name;

    /// What was done with keys.
    ///
    /// @param file of the public key; empty when none was written
    record KeyShown(String site, String fingerprint, String file) {}

    /// Whether the command is about the key: then a bundle is only made when it is told where to.
    boolean isAsked() {
        return make || keyTo != null;
    }

    /// Makes and writes what was asked for.
    KeyShown show(BundleDesk desk) throws IOException {
        if (make && desk.secret().isEmpty()) {
            desk.makeKey(name == null ? hostName() : name);
        }
        BundleSecret secret = secret(desk);
        if (keyTo != null) {
            Files.write(keyTo, secret.key().encode(secret.site()));
        }
        return new KeyShown(secret.site(), secret.key().fingerprint(), keyTo == null ? "" : keyTo.toString());
    }

    /// The key that signs.
    BundleSecret secret(BundleDesk desk) throws IOException {
        Optional<BundleSecret> secret = signWith == null ? desk.secret() : Optional.of(BundleDesk.readSecret(signWith));
        return secret.orElseThrow(
                () -> new IOException("this mirror has no bundle key yet; type: ekicho mirror export --make-key"));
    }

    /// The name of the site as it is known now, for plans.
    String site(BundleDesk desk) throws IOException {
        return desk.secret().map(BundleSecret::site).orElseGet(() -> name == null ? hostName() : name);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "this site";
        }
    }
}
