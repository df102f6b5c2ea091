package org.ekicho.mirror.rpm;

/// One entry of a package's change log.
///
/// @param author name, address and version, as the packager wrote it
/// @param time   seconds since 1970
/// @param text   what changed
public record Changelog(String author, long time, String text) {}
