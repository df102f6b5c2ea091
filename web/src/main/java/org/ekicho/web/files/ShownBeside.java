package org.ekicho.web.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.snapshot.MirrorLayout;

/// Files that a snapshot does not have and a channel still shows. dnf reads the mirrorlist anew for every run
/// but keeps its metadata for 48 hours: it then asks the newest snapshot for packages of the one before. A
/// channel shows those for the grace time. What names other files is never taken from elsewhere.
public final class ShownBeside {
    private static final String SNAPSHOTS = "/" + MirrorLayout.SNAPSHOTS + "/";

    private ShownBeside() {}

    /// @param path of which nothing was found, e.g. `/snapshots/base/ID/Packages/bash-5.2-1.x86_64.rpm`
    /// @throws IOException when the channels cannot be read
    public static Optional<Found.File> find(ServedFolder folder, String path) throws IOException {
        if (!path.startsWith(SNAPSHOTS)) {
            return Optional.empty();
        }
        String[] parts = path.substring(SNAPSHOTS.length()).split("/", 3);
        if (parts.length < 3 || parts[2].startsWith(MirrorLayout.REPOMD) || parts[2].endsWith("treeinfo")) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> names = Files.newDirectoryStream(folder.www())) {
            for (Path name : names) {
                String channel = name.getFileName().toString();
                if (ChannelName.isValid(channel)
                        && Files.isSymbolicLink(name)
                        && folder.find("/" + channel + "/" + parts[0] + "/" + parts[2]) instanceof Found.File file) {
                    return Optional.of(file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return Optional.empty();
    }
}
