package org.ekicho.site.toml;

/// One key of the site file.
///
/// @param name     lower case with dashes
/// @param kind     values that it takes
/// @param fallback what holds without it, as the manual says it
/// @param example  a value, as written
/// @param meaning  what it does, one or two sentences
record Key(String name, Kind kind, String fallback, String example, String meaning) {}
