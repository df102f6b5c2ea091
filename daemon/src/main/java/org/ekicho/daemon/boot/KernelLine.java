package org.ekicho.daemon.boot;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.ekicho.netboot.media.install.InstallerArguments;
import org.ekicho.netboot.media.install.NetworkSetup;

/// Writes the command line of an installer's kernel that was loaded over the network.
final class KernelLine {
    private KernelLine() {}

    /// @param source URL of the tree
    /// @param answer URL of the answer file; empty: the installer asks
    /// @param more   the profile's own words
    static String of(InstallTree tree, String source, Optional<String> answer, List<String> more) {
        return new InstallerArguments(
                        tree.kind().era(), tree.source(source), answer.map(URI::create), NetworkSetup.DHCP, more)
                .line()
                .toString();
    }
}
