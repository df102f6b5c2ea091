package org.ekicho.site.ntpkeys;

import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.auth.SymmetricKey;

/// A key file after reading.
///
/// @param dialect whose rules it was read by
/// @param lines   its keys in file order, each id once
public record KeyFile(KeyDialect dialect, List<KeyLine> lines) {
    public KeyFile {
        lines = List.copyOf(lines);
    }

    public List<SymmetricKey> keys() {
        return lines.stream().map(KeyLine::key).toList();
    }

    public Optional<KeyLine> find(int id) {
        return lines.stream().filter(l -> l.key().id() == id).findFirst();
    }
}
