package org.ekicho.site.toml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.site.NamedFile;
import org.ekicho.site.Surroundings;
import org.ekicho.site.diagnostic.Diagnostic;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.diagnostic.Position;

/// Files that the mirror's tables name and that must be there: keys and certificates.
///
/// @param surroundings where they are
/// @param problems     takes those that are not
record MirrorPaths(Surroundings surroundings, Diagnostics problems) {
    /// Others than owner and group may do nothing with a secret, the group may read it.
    private static final int FORBIDDEN = 027;

    /// The path of one readable file.
    Optional<String> file(SectionReader table, String key) {
        Optional<String> path = table.text(key);
        path.ifPresent(p -> check(table.at(key), key, p));
        return path.map(surroundings::place);
    }

    /// The same for a file that is secret.
    Optional<String> secret(SectionReader table, String key) {
        Optional<String> path = file(table, key);
        path.ifPresent(p -> {
            if (surroundings.file(p) instanceof NamedFile.Found(String _, int mode) && (mode & FORBIDDEN) != 0) {
                problems.add(Diagnostic.error(
                                table.at(key),
                                "secret key " + p + " with mode 0" + Integer.toOctalString(mode)
                                        + ": others can read or change it")
                        .expected("mode 0640 or less")
                        .example("chmod 640 " + p));
            }
        });
        return path;
    }

    /// The paths of several readable files.
    List<String> keys(SectionReader table, String key) {
        List<String> paths = new ArrayList<>();
        List<String> written = table.texts(key);
        for (int i = 0; i < written.size(); i++) {
            check(table.at(key, i), key, written.get(i));
            paths.add(surroundings.place(written.get(i)));
        }
        return paths;
    }

    private void check(Position at, String key, String path) {
        if (surroundings.file(path) instanceof NamedFile.Unreadable(String reason)) {
            problems.add(Diagnostic.error(at, key + ": cannot read " + SectionReader.printable(path) + ": " + reason));
        }
    }
}
