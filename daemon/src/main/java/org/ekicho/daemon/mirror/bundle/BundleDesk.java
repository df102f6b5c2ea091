package org.ekicho.daemon.mirror.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.daemon.mirror.folder.LockedException;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.host.files.DurableFile;
import org.ekicho.host.files.FileLatch;
import org.ekicho.mirror.RefusedException;
import org.ekicho.mirror.bundle.BundleId;
import org.ekicho.mirror.bundle.BundleKey;
import org.ekicho.mirror.bundle.BundleSecret;
import org.ekicho.mirror.bundle.ExportRecord;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.snapshot.MirrorLayout;

/// What a mirror's folder remembers about bundles.
///
/// ```text
/// bundles/key.secret            this site's key, mode 0600
/// bundles/trusted/HEX.key       keys of others that were pinned
/// bundles/exported/ID.export    what a bundle brought
/// bundles/exported/NAME.last    the last bundle for a receiver
/// bundles/waiting/ID/           manifest, signature and objects of an imported bundle that is not complete
/// bundles/done/ID               an imported bundle that is
/// bundles/incoming/             objects that are being imported
/// bundles/lock                  held by an export or import
/// bundles/applied/CHANNEL       the sender's state that a channel follows
/// ```
public final class BundleDesk {
    /// A key file has fewer than 1,300 bytes.
    private static final int MAX_KEY_BYTES = 4_096;

    private final MirrorFolder folder;
    private final Path root;

    public BundleDesk(MirrorFolder folder) {
        this.folder = folder;
        this.root = folder.root().resolve(MirrorLayout.BUNDLES);
    }

    MirrorFolder folder() {
        return folder;
    }

    /// One run at a time writes bundles or takes them in.
    FileLatch lock() throws IOException {
        Files.createDirectories(root);
        return FileLatch.tryLock(root.resolve("lock"), FileLatch.Sharing.ALONE)
                .orElseThrow(() -> new LockedException(
                        "another export or import works with " + folder.root() + "; wait until it is done"));
    }

    Path waiting() throws IOException {
        return Files.createDirectories(root.resolve("waiting"));
    }

    Path incoming() throws IOException {
        return Files.createDirectories(root.resolve("incoming"));
    }

    /// This site's key; empty when it has none.
    public Optional<BundleSecret> secret() throws IOException {
        Path file = root.resolve("key.secret");
        return Files.exists(file) ? Optional.of(readSecret(file)) : Optional.empty();
    }

    /// Reads a key from elsewhere.
    public static BundleSecret readSecret(Path file) throws IOException {
        try {
            return BundleSecret.decode(SafeFiles.read(file, MAX_KEY_BYTES)).orThrow();
        } catch (RefusedException e) {
            throw new IOException(file + " is no secret bundle key: " + e.refusal(), e);
        }
    }

    /// Makes this site's key.
    ///
    /// @param site its name, for people
    /// @throws IOException also when there is one: it is never replaced
    public BundleSecret makeKey(String site) throws IOException {
        Files.createDirectories(root);
        Path file = root.resolve("key.secret");
        if (Files.exists(file)) {
            throw new IOException(file + " exists and is never replaced: other sites trust it; move it away first");
        }
        try {
            BundleSecret secret = BundleSecret.of(
                    site, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
            Path beside = root.resolve("key.secret" + SafeFiles.PART);
            Files.deleteIfExists(beside);
            Files.createFile(
                    beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(beside, secret.encode());
            Files.move(beside, file);
            SafeFiles.forceFolder(root);
            return secret;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
        }
    }

    /// Reads a public key's file.
    public static BundleKey.Named readKey(Path file) throws IOException {
        try {
            return BundleKey.decode(SafeFiles.read(file, MAX_KEY_BYTES)).orThrow();
        } catch (RefusedException e) {
            throw new IOException(file + ": " + e.refusal(), e);
        }
    }

    /// Pins a key: its bundles and receipts are accepted from now on.
    public void trust(BundleKey.Named key) throws IOException {
        Path trusted = Files.createDirectories(root.resolve("trusted"));
        SafeFiles.write(
                trusted.resolve(key.key().shortName() + ".key"), key.key().encode(key.site()));
    }

    /// Keys that were pinned.
    public List<BundleKey.Named> trusted() throws IOException {
        List<BundleKey.Named> keys = new ArrayList<>();
        for (Path file : SafeFiles.list(root.resolve("trusted"))) {
            if (SafeFiles.name(file).endsWith(".key")) {
                keys.add(readKey(file));
            }
        }
        return keys;
    }

    /// What was exported last to this receiver; empty when nothing was.
    Optional<ExportRecord> lastExport(String receiver) throws IOException {
        Path file = exported().resolve(receiver + ".last");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String id = new String(SafeFiles.read(file, 100), StandardCharsets.US_ASCII).strip();
        return BundleId.isValid(id) ? export(new BundleId(id)) : Optional.empty();
    }

    /// What a bundle brought; empty when it was not exported here.
    Optional<ExportRecord> export(BundleId bundle) throws IOException {
        Path file = exported().resolve(bundle + ".export");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ExportRecord.decode(SafeFiles.read(file, ExportRecord.MAX_BYTES))
                    .orThrow());
        } catch (RefusedException e) {
            throw new IOException(file + " is damaged: " + e.refusal() + "; delete it and export without --since", e);
        }
    }

    void remember(ExportRecord exported, String receiver) throws IOException {
        Path place = exported();
        new DurableFile(place.resolve(exported.bundle() + ".export")).write(exported.encode());
        new DurableFile(place.resolve(receiver + ".last"))
                .write((exported.bundle() + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private Path exported() throws IOException {
        return Files.createDirectories(root.resolve("exported"));
    }

    boolean isDone(BundleId bundle) {
        return Files.exists(root.resolve("done").resolve(bundle.text()));
    }

    void markDone(BundleId bundle) throws IOException {
        Path done = Files.createDirectories(root.resolve("done"));
        SafeFiles.write(done.resolve(bundle.text()), new byte[0]);
        SafeFiles.deleteTree(waiting().resolve(bundle.text()));
    }

    /// The sender's state that a channel follows here; empty when it follows none.
    Optional<Instant> applied(ChannelName channel) throws IOException {
        Path file = root.resolve("applied").resolve(channel.text());
        return Files.exists(file)
                ? Optional.of(Instant.parse(new String(SafeFiles.read(file, 100), StandardCharsets.US_ASCII).strip()))
                : Optional.empty();
    }

    void markApplied(ChannelName channel, Instant since) throws IOException {
        Path applied = Files.createDirectories(root.resolve("applied"));
        new DurableFile(applied.resolve(channel.text())).write((since + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
