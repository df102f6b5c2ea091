package org.ekicho.mirror.bundle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.RefusedException;

/// A bundle is whatever lies on a stick: its texts are read without an exception, or refused; its volumes are those of
/// the manifest, or refused.
public final class BundleFuzz {
    private static final Bundles.Written GOOD = Bundles.write();

    private BundleFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (ManifestReader.decode(data) instanceof Reading.Done<BundleManifest>(BundleManifest manifest)) {
            check(Arrays.equals(ManifestWriter.encode(manifest), data), "a second way to write a manifest");
            long carried = manifest.carriedObjects().values().stream()
                    .mapToLong(size -> size)
                    .sum();
            check(carried <= manifest.volumeBytes(), "objects larger than their volumes");
        }
        if (Receipt.decode(data) instanceof Reading.Done<Receipt.Signed>) {
            check(data.length > SignatureFile.BYTES, "a receipt shorter than its signature");
        }
        ExportRecord.decode(data);
        BundleKey.decode(data);
        BundleSecret.decode(data);
        if (SignatureFile.decode(data) instanceof Reading.Done<SignatureFile>) {
            check(data.length == SignatureFile.BYTES, "a signature of another length");
        }
        readVolume(data);
    }

    private static void readVolume(byte[] data) {
        try {
            VolumeReader.read(
                    new ByteArrayInputStream(data),
                    GOOD.manifest(),
                    GOOD.manifest().volumes().getLast(),
                    new VolumeReaderTest.Collector(new ByteArrayOutputStream()));
            check(Arrays.equals(data, GOOD.volumes().getLast()), "another volume passed");
        } catch (RefusedException e) {
            check(!Arrays.equals(data, GOOD.volumes().getLast()), "the volume itself was refused");
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be read", e);
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
