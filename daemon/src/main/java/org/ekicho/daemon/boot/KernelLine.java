package org.ekicho.daemon.boot;

import java.net.URI;
import java.util.ArrayList;
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
        boolean debian = tree.kind().era() == InstallerEra.DEBIAN;
        List<String> words = new ArrayList<>(more);
        if (debian && answer.isPresent()) {
            // Where DHCP names no name server the installer would ask for one, before it has its answer file.
            words.addFirst("netcfg/get_nameservers=");
        }
        return new InstallerArguments(
                        tree.kind().era(), tree.source(source), answer.map(URI::create), NetworkSetup.DHCP, words)
                .line()
                .toString();
    }
}
