package org.ekicho.netboot.iso;

import java.io.IOException;
import java.nio.ByteBuffer;

/// A disc image as bytes at positions; a `FileChannel`'s positional read fits.
public interface IsoSource {
    /// Bytes of the image.
    long size() throws IOException;

    /// Reads some bytes from a position on.
    ///
    /// @param into room for them; filled as far as the result says
    /// @return how many were read, at least 1; -1 at the end
    int read(ByteBuffer into, long position) throws IOException;
}
