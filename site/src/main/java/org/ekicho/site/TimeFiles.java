package org.ekicho.site;

import java.util.Optional;

/// The files that the time service reads and writes beside its settings, as paths in the operator's words.
///
/// @param keys  key file
/// @param drift file that keeps the clock's frequency; empty: in the state directory
public record TimeFiles(Optional<String> keys, Optional<String> drift) {
    public static final TimeFiles NONE = new TimeFiles(Optional.empty(), Optional.empty());
}
