package org.ekicho.daemon.mirror.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.host.files.BoundedRead;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.site.diagnostic.Diagnostics;
import org.ekicho.site.repofile.RepoFileReader;
import org.ekicho.site.repofile.Variables;

/// The `.repo` files in `repos.d` of a mirror's folder, which `ekicho mirror add` writes.
public final class RepoFolder {
    /// A `.repo` file of a distribution has 10 KB.
    public static final int MAX_FILE_BYTES = 1 << 20;

    private RepoFolder() {}

    /// All repositories of a mirror: those of the settings, then those of the folder that the settings do not have.
    ///
    /// @throws IOException when a file cannot be read
    public static List<RepoSettings> with(MirrorFolder folder) throws IOException {
        return with(folder.root(), folder.settings().repos());
    }

    /// The same for a folder that is not open.
    ///
    /// @param said those of the settings
    public static List<RepoSettings> with(Path root, List<RepoSettings> said) throws IOException {
        Map<RepoId, RepoSettings> all = new LinkedHashMap<>();
        said.forEach(repo -> all.put(repo.id(), repo));
        for (Path file : files(root)) {
            for (RepoSettings repo : read(file)) {
                all.putIfAbsent(repo.id(), repo);
            }
        }
        return List.copyOf(all.values());
    }

    /// The files, by name.
    public static List<Path> files(MirrorFolder folder) throws IOException {
        return files(folder.root());
    }

    private static List<Path> files(Path root) throws IOException {
        Path where = root.resolve(MirrorLayout.REPO_FILES);
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(where)) {
            try (var entries = Files.newDirectoryStream(where, "*.repo")) {
                entries.forEach(files::add);
            }
        }
        files.sort(null);
        return files;
    }

    /// The repositories of one file. What is wrong in it was told when it was added.
    public static List<RepoSettings> read(Path file) throws IOException {
        return RepoFileReader.read(
                file.toString(), BoundedRead.text(file, MAX_FILE_BYTES), Variables.NONE, new Diagnostics());
    }
}
