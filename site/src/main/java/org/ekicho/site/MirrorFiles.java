package org.ekicho.site;

import java.util.Map;
import org.ekicho.mirror.settings.RepoId;

/// Where the repositories of the mirror were said: the place of each section, as `repos.d/x.repo:12:1`.
public record MirrorFiles(Map<RepoId, String> places) {
    public static final MirrorFiles NONE = new MirrorFiles(Map.of());

    public MirrorFiles {
        places = Map.copyOf(places);
    }
}
