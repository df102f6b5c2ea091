package org.ekicho.netboot.iso;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// What tells one installation tree from another: a few small files of it, and which others are there.
///
/// @param treeInfo `.treeinfo` or `treeinfo`, keys as `section.key`; empty when there is none
/// @param discInfo lines of `.discinfo`; empty when there is none
/// @param diskInfo `.disk/info`
/// @param products `media.1/products`
/// @param has      whether a path is in the tree
public record TreeSigns(
        Map<String, String> treeInfo,
        List<String> discInfo,
        Optional<String> diskInfo,
        Optional<String> products,
        Predicate<String> has) {
    /// The files to read, where they are there; none has more than [#MAX_BYTES].
    public static final List<String> FILES =
            List.of(".treeinfo", "treeinfo", ".discinfo", ".disk/info", "media.1/products");
    /// Bytes of such a file: the longest, a `.treeinfo` with checksums, has some 5 KiB.
    public static final int MAX_BYTES = 256 << 10;

    public TreeSigns {
        treeInfo = Map.copyOf(treeInfo);
        discInfo = List.copyOf(discInfo);
    }

    /// The first of some paths that is there.
    Optional<String> firstOf(List<String> paths) {
        return paths.stream().filter(has).findFirst();
    }
}
