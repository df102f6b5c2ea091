package org.ekicho.netboot.tftp;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Everything that may be fetched, by name. A name is looked up here and nowhere else: it is never joined to a
/// path, so that no request leads out of what was put in.
public final class BootIndex {
    public static final BootIndex EMPTY = new BootIndex(List.of());

    private final Map<String, BootFile> files = new LinkedHashMap<>();
    private final Map<String, BootFile> lowerCase = new LinkedHashMap<>();

    /// @throws IllegalArgumentException when a name comes twice or is not in the form that requests are brought
    ///                         to
    public BootIndex(Collection<BootFile> all) {
        for (BootFile file : all) {
            if (!TftpNames.plain(file.name()).equals(file.name()) || file.name().isEmpty()) {
                throw new IllegalArgumentException(
                        "\"" + file.name() + "\" can never be asked for: write " + TftpNames.plain(file.name()));
            }
            if (files.put(file.name(), file) != null) {
                throw new IllegalArgumentException(file.name() + " is in the boot index twice");
            }
            lowerCase.putIfAbsent(file.name().toLowerCase(Locale.ROOT), file);
        }
    }

    /// By its exact name.
    public Optional<BootFile> find(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /// By its name without regard to case; of several the one that was put in first.
    public Optional<BootFile> findAnyCase(String name) {
        return Optional.ofNullable(lowerCase.get(name.toLowerCase(Locale.ROOT)));
    }

    public Collection<String> names() {
        return files.keySet();
    }
}
