package org.ekicho.daemon.mirror;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.ClientGeneration;
import org.ekicho.site.adopt.AdoptScript;
import org.ekicho.site.adopt.AdoptionTarget;
import org.ekicho.site.clientconfig.ClientConfig;
import org.ekicho.web.server.ClientFiles;

/// What clients are given, made of the mirror's settings and of what its channels show.
final class SiteClientFiles implements ClientFiles {
    private volatile ClientSide side;

    SiteClientFiles(ClientSide side) {
        this.side = side;
    }

    /// From now on as these settings say.
    void follow(ClientSide next) {
        side = next;
    }

    @Override
    public String repoFile(ChannelName channel, Optional<ClientGeneration> kind, String base) throws IOException {
        return ClientConfig.render(
                side.of(channel), channel, new ClientConfig.Options(base, kind, Set.of(), ClientConfig.By.MIRRORLIST));
    }

    @Override
    public Optional<String> adoptScript(String base) {
        return AdoptionTarget.of(base, Optional.empty()).map(AdoptScript::render);
    }
}
