package org.ekicho.daemon.mirror.index;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.ekicho.daemon.supervision.Version;
import org.ekicho.mirror.hash.HashType;

/// Digests that say whether a run is asked the same as the last one.
final class RequestDigest {
    /// Counts up with every change of what is written for the same package.
    private static final int FRAGMENT_FORM = 1;

    private RequestDigest() {}

    static String of(byte[] content) {
        return HexFormat.of().formatHex(sha256(content));
    }

    /// Everything that decides the fragments of a package with given bytes.
    static byte[] fragments(IndexSettings settings) {
        IndexSettings.Form form = settings.form();
        return sha256(String.join(
                        "\n",
                        "fragments " + FRAGMENT_FORM + " of " + Version.NUMBER,
                        form.checksum().toString(),
                        form.tables().fileListsExt().toString(),
                        Integer.toString(form.changelogLimit()),
                        form.locations().toString(),
                        settings.effort().digests().toString())
                .getBytes(StandardCharsets.UTF_8));
    }

    /// Everything else that decides the metadata.
    static String request(IndexSettings settings, List<String> extras, List<String> signing) {
        return of(String.join(
                        "\n",
                        HexFormat.of().formatHex(fragments(settings)),
                        settings.form().toString(),
                        settings.choice().toString(),
                        settings.head().toString(),
                        settings.extras().others().toString(),
                        extras.toString(),
                        signing.toString())
                .getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(byte[] content) {
        MessageDigest digest = MetadataFile.digest(HashType.SHA256);
        return digest.digest(content);
    }
}
