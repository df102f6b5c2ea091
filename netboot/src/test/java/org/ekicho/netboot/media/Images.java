package org.ekicho.netboot.media;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Small media for tests.
public final class Images {
    public static final Instant MADE = Instant.parse("2026-01-02T03:04:06Z");

    private Images() {}

    /// A medium with both ways in and these files beside the loader.
    public static MediaPlan plan(MediaFile... more) {
        List<MediaFile> files = new ArrayList<>(List.of(more));
        files.add(MediaFile.of("isolinux/isolinux.bin", numbered(5_000)));
        return new MediaPlan(
                "EKICHO",
                MADE,
                files,
                Optional.of(new MediaPlan.BiosStart("isolinux/isolinux.bin", MediaFile.of("mbr", numbered(432)))),
                List.of(MediaFile.of("EFI/BOOT/BOOTX64.EFI", numbered(9_000)), MediaFile.of("EFI/BOOT/grub.cfg", "x")));
    }

    public static byte[] bytes(MediaPlan plan) throws IOException {
        HybridIso iso = HybridIso.of(plan);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        iso.writeTo(Channels.newChannel(out));
        if (out.size() != iso.size()) throw new IllegalStateException("wrote " + out.size() + " of " + iso.size());
        return out.toByteArray();
    }

    public static byte[] bytes(FatImage fat) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        fat.writeTo(Channels.newChannel(out));
        return out.toByteArray();
    }

    /// Bytes that differ from place to place.
    public static byte[] numbered(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 7 + i / 256);
        }
        return bytes;
    }
}
