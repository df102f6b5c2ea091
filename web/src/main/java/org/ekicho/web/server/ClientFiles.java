package org.ekicho.web.server;

import java.io.IOException;
import java.util.Optional;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.ClientGeneration;

/// What clients are given to use this mirror: made by `site` of the settings and of what a channel shows.
public interface ClientFiles {
    /// The `.repo` file of a channel.
    ///
    /// @param base address of this server, without a slash at the end
    /// @param kind which clients; empty: not said
    /// @throws IOException when the mirror's folder cannot be read
    String repoFile(ChannelName channel, Optional<ClientGeneration> kind, String base) throws IOException;

    /// The script that adopts a client's own `.repo` files.
    ///
    /// @param base address of this server, without a slash at the end
    /// @return empty when that is no address that may stand in a script
    Optional<String> adoptScript(String base);
}
