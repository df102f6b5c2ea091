package org.ekicho.netboot.iso;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// A disc image is whatever somebody hands over: it is read within limits or refused with a reason. The
/// fuzzer's bytes are laid over the descriptors and folders of a small image, where all decisions are.
public final class IsoFuzz {
    private static final int BEFORE = 16 * 2_048;
    private static final int SIZE = 64 * 2_048;

    private IsoFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        byte[] image = new byte[SIZE];
        // Four descriptors take 2 KiB each; only their beginnings matter, so that the fuzzer's 4 KiB reach the folders.
        if (data.length < 4 * 200) return;
        for (int i = 0; i < 4; i++) {
            System.arraycopy(data, i * 200, image, BEFORE + i * 2_048, 200);
        }
        System.arraycopy(data, 800, image, BEFORE + 4 * 2_048, Math.min(data.length - 800, SIZE - BEFORE - 4 * 2_048));
        read(image);
    }

    /// Reads everything that an image has.
    static void read(byte[] image) {
        try {
            IsoImage iso = IsoImage.open(new BytesSource(image));
            for (IsoEntry entry : iso.entries()) {
                if (entry.path().startsWith("/")
                        || Arrays.asList(entry.path().split("/")).contains("..")) {
                    throw new IllegalStateException("a path that leads out: " + entry.path());
                }
                if (entry instanceof IsoEntry.File file && file.size() < 1 << 20) {
                    try (InputStream in = iso.open(file)) {
                        if (in.readAllBytes().length != file.size()) throw new IllegalStateException("short");
                    }
                }
            }
        } catch (IsoRefusedException refused) {
            if (refused.reason().sentence().isEmpty()) throw new IllegalStateException("no reason", refused);
        } catch (IOException e) {
            throw new IllegalStateException("blames a source that did not fail", e);
        }
    }
}
