package org.ekicho.netboot.policy;

import java.util.Optional;
import org.ekicho.netboot.client.ClientArch;

/// The loaders that were collected, by the architecture that they run on.
@FunctionalInterface
public interface LoaderNames {
    /// The name in the boot index of the loader to try at this place of the list: `ipxe/snponly.efi`, `ipxe/ipxe.efi`.
    ///
    /// @param index 0 for the first choice; others come when the first was refused
    /// @return empty when there is none for the architecture
    Optional<String> loader(ClientArch program, int index);
}
