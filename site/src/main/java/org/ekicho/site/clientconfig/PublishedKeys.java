package org.ekicho.site.clientconfig;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.settings.RepoSettings;

/// The public keys that clients are pointed to: files of the mirror's folder `www/keys` by name, each a copy of a key
/// file that the mirror itself checks with. The key that signs rebuilt metadata is published as `REPO.signing.asc`.
public final class PublishedKeys {
    private final Map<String, String> files = new LinkedHashMap<>();

    private PublishedKeys() {}

    public static PublishedKeys of(MirrorSettings mirror) {
        PublishedKeys keys = new PublishedKeys();
        for (RepoSettings repo : mirror.repos()) {
            repo.gpgKeys().forEach(path -> keys.add(repo, path));
        }
        return keys;
    }

    private void add(RepoSettings repo, String path) {
        if (!files.containsValue(path)) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            files.put(files.containsKey(name) ? repo.id() + "-" + name : name, path);
        }
    }

    /// Path of the key file by the name under which it is published.
    public Map<String, String> files() {
        return Map.copyOf(files);
    }

    /// Names of the keys that this repository's clients need.
    List<String> names(RepoSettings repo) {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (repo.gpgKeys().contains(file.getValue())) {
                names.add(file.getKey());
            }
        }
        if (repo.signingKey().isPresent()) {
            names.add(signing(repo.id()));
        }
        return names;
    }

    /// The name of the public half of the key that signs this repository's metadata.
    public static String signing(RepoId repo) {
        return repo + ".signing.asc";
    }
}
