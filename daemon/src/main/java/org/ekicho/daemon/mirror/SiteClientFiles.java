package org.ekicho.daemon.mirror;

import java.util.Optional;
import java.util.Set;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.ClientGeneration;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.site.adopt.AdoptScript;
import org.ekicho.site.adopt.AdoptionTarget;
import org.ekicho.site.clientconfig.ClientConfig;
import org.ekicho.web.server.ClientFiles;

/// What clients are given, made of the mirror's settings.
record SiteClientFiles(MirrorSettings settings) implements ClientFiles {
    @Override
    public String repoFile(ChannelName channel, Optional<ClientGeneration> kind, String base) {
        return ClientConfig.render(
                settings, channel, new ClientConfig.Options(base, kind, Set.of(), ClientConfig.By.MIRRORLIST));
    }

    @Override
    public Optional<String> adoptScript(String base) {
        return AdoptionTarget.of(base, Optional.empty()).map(AdoptScript::render);
    }
}
