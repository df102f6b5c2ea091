package org.ekicho.mirror.bundle;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.RefusedException;

/// What an isolated site holds, in its own signed words; carried back so that the next bundle has only what is missing.
///
/// ```text
/// ekicho-receipt 1
/// site TEXT
/// made TIME
/// snapshots N
/// snapshot REPO ID
/// end
/// ekicho-signature 1 …
/// ```
///
/// @param snapshots sorted
public record Receipt(String site, Instant made, List<SnapshotName> snapshots) {
    /// A snapshot takes 40 bytes or more.
    public static final int MAX_BYTES = 16 << 20;

    public Receipt {
        snapshots = snapshots.stream().sorted().distinct().toList();
    }

    /// A receipt with who signed it.
    public record Signed(Receipt receipt, BundleKey key) {}

    /// SHA-256 of its list: the same for two sites that hold the same.
    public String digest() {
        TextLines.Writer out = new TextLines.Writer();
        snapshots.forEach(name -> out.line("snapshot", name.repo(), name.id()));
        return Sha256.hex(out.bytes());
    }

    /// The file.
    public byte[] encode(BundleSecret secret) {
        byte[] text = text();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(text);
        out.writeBytes(SignatureFile.encode(secret, SignatureFile.RECEIPT, text));
        return out.toByteArray();
    }

    private byte[] text() {
        TextLines.Writer out = new TextLines.Writer()
                .line("ekicho-receipt", 1)
                .line("site", TextLines.clean(site))
                .line("made", made)
                .line("snapshots", snapshots.size());
        snapshots.forEach(name -> out.line("snapshot", name.repo(), name.id()));
        return out.line("end").bytes();
    }

    /// Reads a file and checks that its own key signed it; whether that key is trusted is the caller's to say.
    public static Reading<Signed> decode(byte[] bytes) {
        try {
            int cut = bytes.length - SignatureFile.BYTES;
            if (cut < 0 || !startsAsReceipt(bytes)) {
                throw new RefusedException(Refusal.of(MirrorReason.NOT_WHAT_IT_SHOULD_BE, "no receipt"));
            }
            byte[] text = Arrays.copyOf(bytes, cut);
            SignatureFile signature = SignatureFile.decode(Arrays.copyOfRange(bytes, cut, bytes.length))
                    .orThrow();
            signature.check(SignatureFile.RECEIPT, text);
            Receipt receipt = parse(new TextLines(text));
            if (!Arrays.equals(receipt.text(), text)) {
                throw new RefusedException(
                        Refusal.of(MirrorReason.MALFORMED, "the receipt is not written in the one way allowed"));
            }
            return new Reading.Done<>(new Signed(receipt, signature.key()));
        } catch (RefusedException e) {
            return new Reading.Refused<>(e.refusal());
        }
    }

    private static boolean startsAsReceipt(byte[] bytes) {
        byte[] magic = "ekicho-receipt ".getBytes(StandardCharsets.US_ASCII);
        return bytes.length > magic.length && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }

    private static Receipt parse(TextLines lines) throws RefusedException {
        lines.next("ekicho-receipt");
        if (lines.number(Integer.MAX_VALUE) != 1) {
            throw lines.refuse("the receipt has another format version than 1");
        }
        lines.next("site");
        String site = lines.text();
        lines.next("made");
        Instant made = lines.time();
        List<SnapshotName> names = SnapshotNames.read(lines);
        lines.next("end");
        lines.end();
        return new Receipt(site, made, names);
    }

    /// The list that receipts and records share.
    static final class SnapshotNames {
        private SnapshotNames() {}

        static List<SnapshotName> read(TextLines lines) throws RefusedException {
            List<SnapshotName> names = new ArrayList<>();
            lines.next("snapshots");
            for (int left = lines.count(ManifestReader.MAX_SNAPSHOTS); left > 0; left--) {
                lines.next("snapshot");
                names.add(new SnapshotName(ManifestReader.repo(lines), ManifestReader.snapshotId(lines)));
            }
            return names;
        }
    }
}
