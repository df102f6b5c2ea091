package org.ekicho.mirror.rpmbuild;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// One path of a package that is being built. Values: each `with…` gives a new one.
public final class RpmEntry {
    /// File flag: `%config`.
    public static final int CONFIG = 1;
    /// File flag: `%doc`.
    public static final int DOC = 1 << 1;
    /// File flag: `%config(noreplace)` beside [#CONFIG].
    public static final int NOREPLACE = 1 << 4;
    /// File flag: `%ghost`, a path that is owned but not delivered.
    public static final int GHOST = 1 << 6;
    /// File flag: `%license`.
    public static final int LICENSE = 1 << 7;

    private static final int REGULAR = 0100000;
    private static final int DIRECTORY = 0040000;
    private static final int SYMLINK = 0120000;

    private final String path;
    private final int mode;
    private final int flags;
    private final byte[] content;
    private final Optional<String> target;
    private final Owner owner;

    /// Whose it is on the installed system, and its modification time (seconds since 1970, empty: the build's).
    private record Owner(String user, String group, Optional<Long> mtime) {}

    private RpmEntry(String path, int mode, int flags, byte[] content, Optional<String> target, Owner owner) {
        this.path = path;
        this.mode = mode;
        this.flags = flags;
        this.content = content;
        this.target = target;
        this.owner = owner;
    }

    private static RpmEntry of(String path, int mode, int flags, byte[] content, Optional<String> target) {
        return new RpmEntry(path, mode, flags, content, target, new Owner("root", "root", Optional.empty()));
    }

    /// A file, mode 0644.
    public static RpmEntry file(String path, byte[] content) {
        return of(path, REGULAR | 0644, 0, content.clone(), Optional.empty());
    }

    /// A file of text, mode 0644.
    public static RpmEntry file(String path, String text) {
        return file(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /// A directory, mode 0755.
    public static RpmEntry dir(String path) {
        return of(path, DIRECTORY | 0755, 0, new byte[0], Optional.empty());
    }

    /// A file that is owned and not delivered.
    public static RpmEntry ghost(String path) {
        return of(path, REGULAR | 0644, GHOST, new byte[0], Optional.empty());
    }

    public static RpmEntry symlink(String path, String target) {
        return of(path, SYMLINK | 0777, 0, target.getBytes(StandardCharsets.UTF_8), Optional.of(target));
    }

    /// With other permissions, such as 0755; the kind stays.
    public RpmEntry withMode(int permissions) {
        return new RpmEntry(path, (mode & 0170000) | (permissions & 07777), flags, content, target, owner);
    }

    /// With these flags in addition.
    public RpmEntry withFlags(int more) {
        return new RpmEntry(path, mode, flags | more, content, target, owner);
    }

    public RpmEntry withOwner(String user, String group) {
        return new RpmEntry(path, mode, flags, content, target, new Owner(user, group, owner.mtime()));
    }

    /// @param seconds since 1970
    public RpmEntry withMtime(long seconds) {
        return new RpmEntry(
                path, mode, flags, content, target, new Owner(owner.user(), owner.group(), Optional.of(seconds)));
    }

    String path() {
        return path;
    }

    int mode() {
        return mode;
    }

    int flags() {
        return flags;
    }

    byte[] content() {
        return content;
    }

    String target() {
        return target.orElse("");
    }

    String user() {
        return owner.user();
    }

    String group() {
        return owner.group();
    }

    int mtime(long builtAt) {
        return (int) (long) owner.mtime().orElse(builtAt);
    }

    boolean isRegular() {
        return (mode & 0170000) == REGULAR;
    }

    boolean isDelivered() {
        return (flags & GHOST) == 0;
    }

    /// With its trailing slash.
    String directory() {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    String baseName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
