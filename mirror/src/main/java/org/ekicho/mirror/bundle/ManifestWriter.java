package org.ekicho.mirror.bundle;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.ekicho.mirror.snapshot.ChannelState;
import org.ekicho.mirror.snapshot.Snapshot;
import org.ekicho.mirror.snapshot.SnapshotFile;

/// Writes a manifest: lines of text in UTF-8, one way only for one content.
///
/// ```text
/// ekicho-bundle 1
/// bundle ID
/// site TEXT
/// made TIME
/// based-on nothing | bundle ID | receipt SHA256
/// snapshots N
/// snapshot REPO ID FILES
/// revision TEXT
/// origin TEXT
/// file KIND SHA256 SIZE MTIME PATH
/// channels N
/// channel NAME NUMBER SINCE REPOS
/// why TEXT
/// points REPO ID
/// volumes N
/// volume NUMBER SIZE SHA256 PARTS
/// part SHA256 OBJECT-SIZE OFFSET LENGTH
/// end
/// ```
public final class ManifestWriter {
    static final String MAGIC = "ekicho-bundle";
    static final int VERSION = 1;

    private ManifestWriter() {}

    public static byte[] encode(BundleManifest manifest) {
        TextLines.Writer out = new TextLines.Writer();
        write(out, manifest);
        return out.bytes();
    }

    /// Bytes that [#encode] makes, which are not made.
    public static long length(BundleManifest manifest) {
        AtomicLong length = new AtomicLong();
        write(new TextLines.Writer(line -> length.addAndGet(line.length)), manifest);
        return length.get();
    }

    /// Whether [#encode] makes exactly these bytes: line by line, so that a large manifest is not there twice.
    static boolean writes(BundleManifest manifest, byte[] bytes) {
        AtomicInteger same = new AtomicInteger();
        AtomicBoolean differs = new AtomicBoolean();
        write(
                new TextLines.Writer(line -> {
                    int from = same.getAndAdd(line.length);
                    int to = from + line.length;
                    if (differs.get() || to > bytes.length || !Arrays.equals(bytes, from, to, line, 0, line.length)) {
                        differs.set(true);
                    }
                }),
                manifest);
        return !differs.get() && same.get() == bytes.length;
    }

    private static void write(TextLines.Writer out, BundleManifest manifest) {
        out.line(MAGIC, VERSION);
        out.line("bundle", manifest.id());
        out.line("site", TextLines.clean(manifest.site()));
        out.line("made", manifest.made());
        writeContent(out, manifest);
        out.line("volumes", manifest.volumes().size());
        for (VolumeSpec volume : manifest.volumes()) {
            out.line(
                    "volume",
                    volume.number(),
                    volume.size(),
                    volume.sha256(),
                    volume.parts().size());
            volume.parts().forEach(part -> writePart(out, part));
        }
        out.line("end");
    }

    /// What tells two bundles apart before their volumes are written: what they build on, snapshots, channels, and how
    /// objects are spread over volumes (sizes and checksums of the volumes themselves are left out): the SHA-256 of
    /// its lines, in hexadecimal digits.
    public static String contentSha256(BundleManifest manifest) {
        MessageDigest digest = Sha256.digest();
        TextLines.Writer out = new TextLines.Writer(digest::update);
        writeContent(out, manifest);
        for (VolumeSpec volume : manifest.volumes()) {
            out.line("volume", volume.number());
            volume.parts().forEach(part -> writePart(out, part));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void writeContent(TextLines.Writer out, BundleManifest manifest) {
        out.line("based-on", manifest.base().words());
        out.line("snapshots", manifest.snapshots().size());
        manifest.snapshots().forEach(snapshot -> writeSnapshot(out, snapshot));
        out.line("channels", manifest.channels().size());
        manifest.channels().forEach(state -> writeChannel(out, state));
    }

    private static void writeSnapshot(TextLines.Writer out, Snapshot snapshot) {
        out.line("snapshot", snapshot.repo(), snapshot.id(), snapshot.files().size());
        out.line("revision", TextLines.clean(snapshot.revision()));
        out.line("origin", TextLines.clean(snapshot.origin()));
        for (SnapshotFile file : snapshot.files()) {
            String kind = file.kind().name().toLowerCase(Locale.ROOT);
            out.line("file", kind, file.sha256(), file.size(), file.mtimeSeconds(), file.path());
        }
    }

    private static void writeChannel(TextLines.Writer out, ChannelState state) {
        out.line(
                "channel",
                state.channel(),
                state.number(),
                state.since(),
                state.snapshots().size());
        out.line("why", TextLines.clean(state.why()));
        state.sorted().forEach((repo, id) -> out.line("points", repo, id));
    }

    private static void writePart(TextLines.Writer out, Part part) {
        out.line("part", part.sha256(), part.objectSize(), part.offset(), part.length());
    }
}
