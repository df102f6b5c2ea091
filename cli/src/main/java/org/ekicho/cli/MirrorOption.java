package org.ekicho.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ekicho.daemon.mirror.folder.MirrorFolder;
import org.ekicho.daemon.mirror.sync.RepoFolder;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.site.SiteSettings;
import org.ekicho.site.repofile.Variables;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which mirror a command works on: `--folder`, else what `[mirror]` of the site file says, else `./mirror`.
final class MirrorOption {
    /// Without a site file that says otherwise: what somebody who tries it out has in the folder where they stand.
    static final Path HERE = Path.of("mirror");

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "The mirror's folder (default: as [mirror] of the site file says, else ./mirror).")
    private @Nullable Path folder;

    @Option(
            names = "--site",
            paramLabel = "FILE",
            description = "The site file (default: ekicho.toml here, else /etc/ekicho/ekicho.toml).")
    private @Nullable Path site;

    /// What the site file says of the mirror, with the folder that was asked for and the repositories that
    /// `ekicho mirror add` put there.
    ///
    /// @throws IOException when the site file cannot be read or has an error
    MirrorSettings settings() throws IOException {
        MirrorSettings said =
                said().flatMap(SiteSettings::mirror).orElseGet(() -> MirrorSettings.of(HERE.toString(), List.of()));
        MirrorSettings here = folder == null ? said : said.in(folder.toString());
        return here.withRepos(RepoFolder.with(Path.of(here.folder()), here.repos()));
    }

    /// The folder, opened; made when it is not there.
    MirrorFolder open() throws IOException {
        MirrorSettings settings = settings();
        return MirrorFolder.open(Path.of(settings.folder()), settings);
    }

    /// The folder, opened if it is there: for commands that only look.
    ///
    /// @throws IOException when there is no mirror
    MirrorFolder openExisting() throws IOException {
        MirrorSettings settings = settings();
        Path root = Path.of(settings.folder());
        if (!MirrorFolder.isOne(root)) {
            throw new IOException("there is no mirror in "
                    + root.toAbsolutePath().normalize() + "; name its folder with --folder DIR");
        }
        return MirrorFolder.open(root, settings);
    }

    /// What `$releasever` and the like stand for in `.repo` files, as the site file says.
    Variables variables() throws IOException {
        return said().map(site -> site.mirrorFiles().variables()).orElse(Variables.USUAL);
    }

    private Optional<SiteSettings> said() throws IOException {
        return SiteOption.read(Optional.ofNullable(site));
    }
}
