package org.ekicho.netboot.media;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Files by folder, sorted by name, so that the same files give the same image in whatever order they were
/// named.
final class FolderTree {
    /// A folder or a file in one.
    sealed interface Node {}

    /// A folder's content by name.
    record Folder(TreeMap<String, Node> content) implements Node {
        Folder() {
            this(new TreeMap<>());
        }
    }

    /// A file.
    record Leaf(MediaFile file) implements Node {}

    private final Folder top = new Folder();

    /// @throws IllegalArgumentException if two files have one path or a file is a folder of another
    FolderTree(List<MediaFile> files) {
        files.forEach(this::add);
    }

    Folder top() {
        return top;
    }

    private void add(MediaFile file) {
        String[] parts = file.path().split("/", -1);
        Folder at = top;
        for (int i = 0; i < parts.length - 1; i++) {
            @Nullable Node next = at.content().computeIfAbsent(parts[i], name -> new Folder());
            if (!(next instanceof Folder folder)) {
                throw new IllegalArgumentException(file.path() + ": " + parts[i] + " is a file already");
            }
            at = folder;
        }
        String name = parts[parts.length - 1];
        for (Map.Entry<String, Node> other : at.content().entrySet()) {
            if (other.getKey().equalsIgnoreCase(name)) {
                throw new IllegalArgumentException(file.path() + " is on the medium twice");
            }
        }
        at.content().put(name, new Leaf(file));
    }
}
