package org.ekicho.web.page;

/// What lies in a folder.
///
/// @param name            file name
/// @param kind            what it is
/// @param size            bytes of a file
/// @param modifiedSeconds seconds since 1970
public record ListingEntry(String name, Kind kind, long size, long modifiedSeconds) {
    /// What it is.
    public enum Kind {
        FILE,
        FOLDER
    }
}
