package org.ekicho.mirror.rpmbuild;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.ekicho.mirror.hash.HashType;

/// The tags about a package's files: parallel arrays in the order of paths.
final class FileTags {
    /// What a directory weighs.
    private static final int DIRECTORY_SIZE = 4096;

    private FileTags() {}

    static void write(HeaderWriter header, List<RpmEntry> entries, HashType digest, long builtAt) {
        int installed = entries.stream()
                .filter(RpmEntry::isDelivered)
                .mapToInt(entry -> entry.content().length)
                .sum();
        header.int32(Tag.SIZE, installed);
        if (entries.isEmpty()) {
            return;
        }
        writePaths(header, entries);
        header.int32(Tag.FILE_SIZES, each(entries, FileTags::size));
        header.int16(Tag.FILE_MODES, each(entries, RpmEntry::mode));
        header.int16(Tag.FILE_RDEVS, each(entries, entry -> 0));
        header.int32(Tag.FILE_MTIMES, each(entries, entry -> entry.mtime(builtAt)));
        header.strings(Tag.FILE_DIGESTS, each(entries, entry -> digestOf(entry, digest)));
        header.strings(Tag.FILE_LINK_TOS, each(entries, RpmEntry::target));
        header.int32(Tag.FILE_FLAGS, each(entries, RpmEntry::flags));
        header.strings(Tag.FILE_USERS, each(entries, RpmEntry::user));
        header.strings(Tag.FILE_GROUPS, each(entries, RpmEntry::group));
        header.int32(Tag.FILE_VERIFY_FLAGS, each(entries, entry -> -1));
        header.int32(Tag.FILE_DEVICES, each(entries, entry -> 1));
        header.int32(
                Tag.FILE_INODES,
                IntStream.rangeClosed(1, entries.size()).boxed().toList());
        header.strings(Tag.FILE_LANGS, each(entries, entry -> ""));
        if (digest != HashType.MD5) {
            header.int32(Tag.FILE_DIGEST_ALGO, algorithm(digest));
        }
    }

    private static void writePaths(HeaderWriter header, List<RpmEntry> entries) {
        Map<String, Integer> directories = new LinkedHashMap<>();
        List<Integer> indexes = new ArrayList<>();
        for (RpmEntry entry : entries) {
            indexes.add(directories.computeIfAbsent(entry.directory(), d -> directories.size()));
        }
        header.int32(Tag.DIR_INDEXES, indexes);
        header.strings(Tag.BASE_NAMES, each(entries, RpmEntry::baseName));
        header.strings(Tag.DIR_NAMES, List.copyOf(directories.keySet()));
    }

    private static int size(RpmEntry entry) {
        return (entry.mode() & 0170000) == 0040000 ? DIRECTORY_SIZE : entry.content().length;
    }

    private static String digestOf(RpmEntry entry, HashType type) {
        return entry.isRegular() && entry.isDelivered() ? digest(type.algorithm(), entry.content()) : "";
    }

    private static int algorithm(HashType type) {
        return switch (type) {
            case MD5 -> 1;
            case SHA, SHA1 -> 2;
            case SHA256 -> Tag.ALGO_SHA256;
            case SHA384 -> 9;
            case SHA512 -> 10;
            case SHA224 -> 11;
        };
    }

    private static <T> List<T> each(List<RpmEntry> entries, Function<RpmEntry, T> value) {
        return entries.stream().map(value).toList();
    }

    /// In hexadecimal digits.
    static String digest(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
