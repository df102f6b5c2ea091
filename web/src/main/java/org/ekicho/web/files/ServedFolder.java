package org.ekicho.web.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.snapshot.MirrorLayout;
import org.ekicho.web.WebReason;
import org.ekicho.web.range.Conditions;
import org.jspecify.annotations.Nullable;

/// The mirror's folder as it is served: finds what is at a path, and never tells what was there before.
///
/// Channels are links that other processes replace. Paths are kept in memory together with the number of the
/// mirror's `generation` file, read before the path was followed: they are good for that number only, which costs
/// one read of memory to compare. While a link is being replaced the number is odd, and each path is followed
/// anew. What is in memory by its real path needs no such number: under `snapshots` and `views` a path never gets
/// other bytes. For other files (`www/keys`) nothing is kept.
public final class ServedFolder {
    /// Paths kept: those of a big repository's packages and all metadata; some 300 bytes each.
    static final int MAX_PATHS = 20_000;
    /// A file up to this size is kept in memory: metadata indexes and signatures are smaller, packages mostly
    /// larger.
    static final int MAX_KEPT_FILE = 65_536;
    /// All files kept in memory together. Beyond it they are all let go, and kept again as they are asked for.
    static final long MAX_KEPT_BYTES = 32L << 20;
    /// A date of one second's resolution tells two states apart only when the second is over.
    private static final long DATE_TELLS_AFTER_SECONDS = 2;

    private final Path root;
    private final Path www;
    private final List<Path> servable;
    private final List<Path> unchanging;
    private final LongSupplier generation;
    private final LongSupplier clockSeconds;
    private final Map<String, Kept> paths = new ConcurrentHashMap<>();
    private final ContentMemory contents = new ContentMemory(MAX_KEPT_BYTES);

    private record Kept(long generation, Found.File file) {}

    /// @param root         the mirror's folder
    /// @param generation   the number of its generation file now; odd: a link is being replaced, keep nothing
    /// @param clockSeconds seconds since 1970
    /// @throws IOException when there is no such folder
    public ServedFolder(Path root, LongSupplier generation, LongSupplier clockSeconds) throws IOException {
        this.root = root.toRealPath();
        this.www = this.root.resolve(MirrorLayout.WWW);
        this.unchanging = List.of(
                this.root.resolve(MirrorLayout.SNAPSHOTS),
                this.root.resolve(MirrorLayout.VIEWS),
                this.root.resolve(MirrorLayout.STORE));
        this.servable = new ArrayList<>(unchanging);
        this.servable.add(www);
        this.servable.add(this.root.resolve(MirrorLayout.CHANNELS));
        this.generation = generation;
        this.clockSeconds = clockSeconds;
    }

    /// The folder that is served as `/`.
    public Path www() {
        return www;
    }

    /// The file at a path, when that is known without asking the disk; else null.
    ///
    /// @param path decoded and checked ([org.ekicho.web.path.RequestPath.Plain])
    public Found.@Nullable File known(String path) {
        return kept(path, generation.getAsLong());
    }

    private Found.@Nullable File kept(String path, long now) {
        Kept kept = paths.get(path);
        return kept != null && kept.generation == now && (now & 1) == 0 ? kept.file : null;
    }

    /// What is at a path. May wait for the disk.
    ///
    /// @param path decoded and checked ([org.ekicho.web.path.RequestPath.Plain])
    public Found find(String path) {
        long now = generation.getAsLong();
        Found.File known = kept(path, now);
        if (known != null) {
            return known;
        }
        Found found = follow(path);
        if (found instanceof Found.File file
                && (now & 1) == 0
                && !file.lastModified().isEmpty()
                && neverChanges(file.content().real())
                && generation.getAsLong() == now) {
            keep(path, new Kept(now, file));
        }
        return found;
    }

    /// The real folder of a path, when it is one that is served. May wait for the disk.
    public Found follow(String path) {
        Path asked;
        try {
            asked = www.resolve(path.substring(1));
        } catch (InvalidPathException e) {
            // The system's character set has no such name.
            return new Found.Missing(WebReason.NOT_THERE);
        }
        try {
            Path real = asked.toRealPath();
            if (servable.stream().noneMatch(real::startsWith)) {
                return new Found.Missing(WebReason.LEAVES_THE_FOLDER);
            }
            if (Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)) {
                return new Found.Folder(real);
            }
            if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
                return new Found.Missing(WebReason.NO_PLAIN_FILE);
            }
            return path.endsWith("/") ? new Found.Missing(WebReason.NOT_THERE) : file(path, real);
        } catch (NoSuchFileException e) {
            return new Found.Missing(WebReason.NOT_THERE);
        } catch (IOException e) {
            return isBelowFile(asked) ? new Found.Missing(WebReason.NOT_THERE) : new Found.Unreadable(e);
        }
    }

    /// A name below a file (`/latest/base/a.rpm/b`) is not there; the system calls it an error without a number.
    private boolean isBelowFile(Path asked) {
        for (Path above = asked.getParent(); above != null && above.startsWith(www); above = above.getParent()) {
            if (Files.isRegularFile(above)) {
                return true;
            }
        }
        return false;
    }

    private Found.File file(String path, Path real) throws IOException {
        Content content =
                neverChanges(real) ? contents.of(real) : ContentMemory.read(real, Content.Lifetime.UNTIL_IT_CHANGES);
        Caching caching = Caching.of(path);
        return new Found.File(
                content,
                MediaTypes.of(path),
                lastModified(path, content, caching),
                caching,
                Long.toString(content.size()));
    }

    /// The date of a file. What is reached through a channel has the date of the channel's switch when that is
    /// later: two snapshots may well have files of the same second.
    private String lastModified(String path, Content content, Caching caching) throws IOException {
        if (caching == Caching.IMMUTABLE || path.startsWith("/" + MirrorLayout.SNAPSHOTS + "/")) {
            return Conditions.date(content.modifiedSeconds());
        }
        long seconds = Math.max(content.modifiedSeconds(), switched(path));
        return seconds + DATE_TELLS_AFTER_SECONDS > clockSeconds.getAsLong() ? "" : Conditions.date(seconds);
    }

    /// When the newest of the links in a path was made. An address of old (`centos/7/os/x86_64`) goes through
    /// `latest`.
    private long switched(String path) throws IOException {
        long newest = linkTime(www.resolve(ChannelName.LATEST.text()));
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            newest = Math.max(newest, linkTime(www.resolve(path.substring(1, slash))));
        }
        return newest;
    }

    private static long linkTime(Path link) throws IOException {
        if (!Files.isSymbolicLink(link)) {
            return 0;
        }
        FileTime time = Files.getLastModifiedTime(link, LinkOption.NOFOLLOW_LINKS);
        return time.toMillis() / 1000;
    }

    private boolean neverChanges(Path real) {
        return unchanging.stream().anyMatch(real::startsWith);
    }

    private void keep(String path, Kept kept) {
        if (paths.size() >= MAX_PATHS) {
            paths.clear();
        }
        paths.put(path, kept);
    }
}
