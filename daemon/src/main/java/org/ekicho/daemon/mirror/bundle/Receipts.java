package org.ekicho.daemon.mirror.bundle;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.ekicho.daemon.mirror.folder.Snapshots;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.RefusedException;
import org.ekicho.mirror.bundle.BundleSecret;
import org.ekicho.mirror.bundle.Receipt;
import org.ekicho.mirror.bundle.SnapshotName;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.SnapshotId;

/// Receipts: written at the isolated side, read where the next bundle is made.
public final class Receipts {
    /// What to do about a key that is not known.
    static final String HOW_TO_TRUST = "; compare its fingerprint with the sender by another way, then type:"
            + " ekicho mirror import --trust FILE";

    private final BundleDesk desk;

    public Receipts(BundleDesk desk) {
        this.desk = desk;
    }

    /// Writes what is here.
    public Receipt write(Path to, BundleSecret secret, Instant now) throws IOException {
        Snapshots snapshots = desk.folder().snapshots();
        List<SnapshotName> names = new ArrayList<>();
        for (RepoId repo : snapshots.repos()) {
            for (SnapshotId id : snapshots.list(repo)) {
                names.add(new SnapshotName(repo, id));
            }
        }
        Receipt receipt = new Receipt(secret.site(), now.truncatedTo(ChronoUnit.SECONDS), names);
        SafeFiles.write(to, receipt.encode(secret));
        return receipt;
    }

    /// Reads one, which a key that is trusted here must have signed.
    public Receipt read(Path file) throws IOException, BundleRefusedException {
        try {
            Receipt.Signed signed =
                    Receipt.decode(SafeFiles.read(file, Receipt.MAX_BYTES)).orThrow();
            boolean trusted =
                    desk.trusted().stream().anyMatch(named -> named.key().equals(signed.key()))
                            || desk.secret()
                                    .filter(own -> own.key().equals(signed.key()))
                                    .isPresent();
            if (!trusted) {
                Refusal refusal = Refusal.of(
                        MirrorReason.BAD_SIGNATURE,
                        "it is signed by key " + signed.key().fingerprint() + " of "
                                + Refusal.quote(signed.receipt().site()));
                throw new BundleRefusedException(file, refusal, HOW_TO_TRUST);
            }
            return signed.receipt();
        } catch (RefusedException e) {
            throw new BundleRefusedException(file, e.refusal());
        }
    }
}
