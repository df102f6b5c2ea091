package org.ekicho.site;

import java.util.Map;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.site.repofile.Variables;

/// What is known of the `.repo` files of the mirror beside its settings.
///
/// @param places    where each repository was said, as `repos.d/x.repo:12:1`
/// @param variables what `$releasever` and the like stand for in them
public record MirrorFiles(Map<RepoId, String> places, Variables variables) {
    public static final MirrorFiles NONE = new MirrorFiles(Map.of(), Variables.USUAL);

    public MirrorFiles {
        places = Map.copyOf(places);
    }
}
