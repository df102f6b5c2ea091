package org.ekicho.daemon.control;

import java.util.List;

/// What became of reading the settings again.
///
/// @param applied whether the new settings are in force; otherwise the old ones still are
/// @param lines   what was found in the files, one line per problem, then a summary
public record ReloadResult(boolean applied, List<String> lines) {
    public ReloadResult {
        lines = List.copyOf(lines);
    }
}
