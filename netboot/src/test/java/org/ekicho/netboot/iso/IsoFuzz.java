package org.ekicho.netboot.iso;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// A disc image is whatever somebody hands over: it is read within limits or refused with a reason. The
/// fuzzer's bytes are laid over the descriptors and folders of a small image, where all decisions are.
public final class IsoFuzz {
    private static final int SECTOR = 2_048;
    private static final int BEFORE = 16 * SECTOR;
    private static final int SIZE = 64 * SECTOR;
    private static final int HEAD = 200;
    private static final int HEADS = 4 * HEAD;

    private IsoFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length >= HEADS) read(image(data));
    }

    /// An image with the fuzzer's bytes in it. Of the four sectors with descriptors and boot catalog only the
    /// beginnings matter; so 4 KiB reach the folders.
    static byte[] image(byte[] data) {
        byte[] image = new byte[SIZE];
        for (int i = 0; i < 4; i++) {
            System.arraycopy(data, i * HEAD, image, BEFORE + i * SECTOR, HEAD);
        }
        int folders = BEFORE + 4 * SECTOR;
        System.arraycopy(data, HEADS, image, folders, Math.min(data.length - HEADS, SIZE - folders));
        return image;
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
