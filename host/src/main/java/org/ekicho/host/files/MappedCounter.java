package org.ekicho.host.files;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A number in a file of eight bytes (big-endian) that processes of one host share: what one writes the others see at
/// once, as the file is mapped into memory, and reading it costs as much as reading a field.
///
/// The file is made once and never replaced, cut or deleted while it is mapped.
public final class MappedCounter {
    private static final VarHandle NUMBER = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final ByteBuffer mapped;

    private MappedCounter(ByteBuffer mapped) {
        this.mapped = mapped;
    }

    /// Opens the number for reading and writing; makes it with the value 0 when there is none.
    public static MappedCounter open(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            // Mapping beyond the end makes the file long enough, with zeros; two who do it at once do the same.
            return new MappedCounter(channel.map(MapMode.READ_WRITE, 0, Long.BYTES));
        }
    }

    /// Opens the number for reading only.
    ///
    /// @throws IOException when there is no such file, or it is too short to be one
    public static MappedCounter openToRead(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() < Long.BYTES) {
                throw new IOException(file + " has " + channel.size() + " bytes, expected " + Long.BYTES);
            }
            return new MappedCounter(channel.map(MapMode.READ_ONLY, 0, Long.BYTES));
        }
    }

    /// The number now. What its writer did before writing it is visible to whoever reads it.
    public long value() {
        return (long) NUMBER.getVolatile(mapped, 0);
    }

    /// Writes the number.
    ///
    /// @throws java.nio.ReadOnlyBufferException when it was opened for reading only
    public void set(long value) {
        NUMBER.setVolatile(mapped, 0, value);
    }
}
