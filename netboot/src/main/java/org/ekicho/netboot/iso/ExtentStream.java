package org.ekicho.netboot.iso;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// A file's bytes, extent by extent.
final class ExtentStream extends InputStream {
    private final SectorReader reader;
    private final List<IsoEntry.Extent> extents;
    private int current;
    private long done;

    ExtentStream(SectorReader reader, List<IsoEntry.Extent> extents) {
        this.reader = reader;
        this.extents = extents;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) return 0;
        while (current < extents.size() && done == extents.get(current).bytes()) {
            current++;
            done = 0;
        }
        if (current == extents.size()) return -1;
        IsoEntry.Extent extent = extents.get(current);
        int wanted = (int) Math.min(length, extent.bytes() - done);
        int got = reader.read(extent.at() + done, into, offset, wanted);
        if (got <= 0) throw new EOFException("the image ends within a file: it changed while it was read");
        done += got;
        return got;
    }
}
