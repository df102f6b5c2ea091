package org.ekicho.mirror.bundle;

/// A stretch of an object in a volume; mostly the whole object.
///
/// @param sha256     of the whole object, in hexadecimal digits: its name in the store
/// @param objectSize bytes of the whole object
/// @param offset     where in the object it begins
/// @param length     bytes; 0 only for an object without any
public record Part(String sha256, long objectSize, long offset, long length) {
    /// Whether it is the object.
    public boolean isWhole() {
        return length == objectSize;
    }

    /// Whether the object ends with it.
    public boolean isLast() {
        return offset + length == objectSize;
    }
}
