package org.ekicho.netboot.iso;

import java.nio.ByteBuffer;

/// An image in memory.
public final class BytesSource implements IsoSource {
    private final byte[] image;

    public BytesSource(byte[] image) {
        this.image = image;
    }

    @Override
    public long size() {
        return image.length;
    }

    @Override
    public int read(ByteBuffer into, long position) {
        if (position >= image.length) return -1;
        int count = (int) Math.min(into.remaining(), image.length - position);
        into.put(image, (int) position, count);
        return count;
    }
}
