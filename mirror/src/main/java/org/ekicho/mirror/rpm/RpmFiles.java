package org.ekicho.mirror.rpm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.hash.HashType;
import org.ekicho.mirror.rpm.PackageFile.Kind;
import org.ekicho.mirror.rpm.RpmHeader.Numbers;
import org.ekicho.mirror.rpm.RpmHeader.Span;
import org.ekicho.mirror.rpm.RpmHeader.Strings;
import org.ekicho.mirror.rpm.RpmPackages.FileDigests;

/// The paths of a package: folders and names apart, or whole paths in packages of format 3.
final class RpmFiles {
    /// Longest path: Linux has no longer ones. A header of 1 MB could otherwise stand for terabytes.
    static final int MAX_PATH = 4096;
    /// Characters of all paths of a package: a hundred times the largest known.
    static final int MAX_PATHS = 512 << 20;

    private RpmFiles() {}

    static List<PackageFile> of(RpmHeader main, FileDigests digests) throws BadHeader {
        boolean old = !main.has(RpmTags.BASE_NAMES);
        Strings names = main.strings(old ? RpmTags.OLD_FILE_NAMES : RpmTags.BASE_NAMES);
        int count = names.count();
        if (count == 0) return List.of();
        Folders folders = old ? new Folders(main, 0) : new Folders(main, count);
        Numbers modes = aligned(main, RpmTags.FILE_MODES, count);
        Numbers flags = aligned(main, RpmTags.FILE_FLAGS, count);
        Digests sums = new Digests(main, digests, count);
        List<PackageFile> files = new ArrayList<>(count);
        long characters = 0;
        for (int i = 0; i < count; i++) {
            String path = old ? names.next() : folders.path(i, names);
            if (path.length() > MAX_PATH) {
                throw BadHeader.tooLarge(
                        "the path of file " + i + " has " + path.length() + " characters; the limit is " + MAX_PATH);
            }
            characters += path.length();
            if (characters > MAX_PATHS) {
                throw BadHeader.tooLarge(
                        "the paths of its " + count + " files have more than " + MAX_PATHS + " characters");
            }
            files.add(new PackageFile(path, kind(modes, flags, i), sums.next()));
        }
        return files;
    }

    private static Kind kind(Numbers modes, Numbers flags, int i) throws BadHeader {
        if (modes.count() > 0 && (modes.at(i) & RpmTags.MODE_TYPE) == RpmTags.MODE_DIR) return Kind.DIR;
        return flags.count() > 0 && (flags.at(i) & RpmTags.FILE_GHOST) != 0 ? Kind.GHOST : Kind.FILE;
    }

    /// Numbers of which each file has one, or that are absent.
    private static Numbers aligned(RpmHeader main, int tag, int count) throws BadHeader {
        Numbers numbers = main.numbers(tag);
        checkCount(tag, numbers.count(), count);
        return numbers;
    }

    private static void checkCount(int tag, int found, int count) throws BadHeader {
        if (found != 0 && found != count) {
            throw BadHeader.malformed("tag " + tag + " has " + found + " elements for " + count + " files");
        }
    }

    /// The folders of a package, and which file is in which.
    private static final class Folders {
        private final Span[] folders;
        private final Numbers indexes;
        private final byte[] room = new byte[MAX_PATH];

        Folders(RpmHeader main, int files) throws BadHeader {
            Strings strings = main.strings(RpmTags.DIR_NAMES);
            folders = new Span[files == 0 ? 0 : strings.count()];
            for (int i = 0; i < folders.length; i++) {
                strings.advance();
                folders[i] = strings.span();
            }
            indexes = main.numbers(RpmTags.DIR_INDEXES);
            if (files != 0 && indexes.count() != files) {
                throw BadHeader.malformed(
                        "tag " + RpmTags.DIR_INDEXES + " has " + indexes.count() + " elements for " + files + " files");
            }
        }

        String path(int file, Strings bases) throws BadHeader {
            long folder = indexes.at(file);
            if (folder >= folders.length) {
                throw BadHeader.malformed("file " + file + " lies in folder " + folder + " of " + folders.length);
            }
            Span in = folders[(int) folder];
            bases.advance();
            if (in.length() + bases.length() > MAX_PATH) {
                throw BadHeader.tooLarge("the path of file " + file + " has " + (in.length() + bases.length())
                        + " bytes; the limit is " + MAX_PATH);
            }
            return bases.pathIn(in, room);
        }
    }

    /// The digests of files, or none.
    private static final class Digests {
        private final Strings sums;
        private final Optional<HashType> type;

        Digests(RpmHeader main, FileDigests wanted, int files) throws BadHeader {
            type = wanted == FileDigests.READ ? hash((int) main.number(RpmTags.FILE_DIGEST_ALGO, 1)) : Optional.empty();
            sums = main.strings(RpmTags.FILE_DIGESTS);
            checkCount(RpmTags.FILE_DIGESTS, sums.count(), files);
        }

        Optional<Checksum> next() throws BadHeader {
            if (type.isEmpty() || sums.count() == 0) return Optional.empty();
            String hex = sums.next();
            return hex.isEmpty() ? Optional.empty() : Checksum.parse(type.get().word(), hex);
        }
    }

    /// The kind of digest by its number in OpenPGP (RFC 9580 §9.5), which rpm uses.
    static Optional<HashType> hash(int number) {
        return Optional.ofNullable(
                switch (number) {
                    case 1 -> HashType.MD5;
                    case 2 -> HashType.SHA1;
                    case 8 -> HashType.SHA256;
                    case 9 -> HashType.SHA384;
                    case 10 -> HashType.SHA512;
                    case 11 -> HashType.SHA224;
                    default -> null;
                });
    }
}
