package org.ekicho.daemon.boot;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.ekicho.netboot.media.install.InstallerArguments;
import org.ekicho.netboot.media.install.InstallerEra;
import org.ekicho.netboot.media.install.NetworkSetup;

/// Writes the command line of an installer's kernel that was loaded over the network.
final class KernelLine {
    private KernelLine() {}

    /// @param source URL of the tree
    /// @param answer URL of the answer file; empty: the installer asks
    /// @param more   the profile's own words
    static String of(InstallTree tree, String source, Optional<String> answer, List<String> more) {
        // Debian's installer is told of its mirror in the answer file, not by the tree's address.
        Optional<URI> from =
                tree.kind().era() == InstallerEra.DEBIAN ? Optional.empty() : Optional.of(URI.create(source));
        return new InstallerArguments(tree.kind().era(), from, answer.map(URI::create), NetworkSetup.DHCP, more)
                .line()
                .toString();
    }
}
