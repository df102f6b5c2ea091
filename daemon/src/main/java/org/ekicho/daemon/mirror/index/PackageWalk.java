package org.ekicho.daemon.mirror.index;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.location.Locations;

/// Finds the packages of a folder: regular files called `*.rpm`, and what links lead to where that is wanted.
/// Pipes, sockets and folders of that name are passed by. One look at each file, nothing is opened.
final class PackageWalk {
    private static final String SUFFIX = ".rpm";
    private static final String LOOK = "unix:mode,size,lastModifiedTime,ctime,ino,dev";
    private static final int TYPE_MASK = 0xf000;
    private static final int FOLDER = 0x4000;
    private static final int REGULAR = 0x8000;

    private final IndexSettings settings;
    private final List<Pattern> excludes;
    private final List<FoundPackage> found = new ArrayList<>();
    private final List<SkippedPackage> skipped = new ArrayList<>();
    /// Folders between the top and where the walk is, so that a link to one of them ends no run.
    private final Set<String> above = new HashSet<>();

    private PackageWalk(IndexSettings settings) {
        this.settings = settings;
        this.excludes =
                settings.choice().excludes().stream().map(PackageWalk::pattern).toList();
    }

    /// What was found.
    ///
    /// @param packages in the order of the metadata
    record Found(List<FoundPackage> packages, List<SkippedPackage> skipped) {}

    /// @throws IOException when the folder or one in it cannot be listed
    static Found walk(IndexSettings settings) throws IOException {
        PackageWalk walk = new PackageWalk(settings);
        Optional<List<String>> only = settings.choice().only();
        if (only.isPresent()) {
            walk.listed(only.get());
        } else {
            walk.folder(settings.folder(), "");
        }
        walk.found.sort(FoundPackage.BY_NAME);
        return new Found(walk.found, walk.skipped);
    }

    private void listed(List<String> paths) throws IOException {
        for (String path : new HashSet<>(paths)) {
            Path file = settings.folder().resolve(path);
            Map<String, Object> look = look(file);
            if (isExcluded(path)) {
                continue;
            }
            if (look.isEmpty()) {
                skipped.add(new SkippedPackage(path, MirrorReason.UNREACHABLE, "no such file"));
            } else {
                file(path, look);
            }
        }
    }

    private void folder(Path folder, String path) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                // A dot before its name hides a folder: of a version control, of ours.
                if (!name.endsWith(SUFFIX) && name.startsWith(".")) {
                    continue;
                }
                Map<String, Object> look = look(entry);
                if (type(look) == FOLDER) {
                    String place = look.get("dev") + ":" + look.get("ino");
                    if (above.add(place)) {
                        folder(entry, path + name + "/");
                        above.remove(place);
                    }
                } else if (name.endsWith(SUFFIX) && !isExcluded(path + name)) {
                    file(path + name, look);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private void file(String path, Map<String, Object> look) {
        if (look.isEmpty()) {
            skipped.add(new SkippedPackage(
                    path, MirrorReason.UNREACHABLE, "it cannot be looked at: a link to nothing, or gone meanwhile"));
        } else if (type(look) == REGULAR) {
            switch (Locations.check(path)) {
                case Reading.Done<?> _ -> found.add(describe(path, look));
                case Reading.Refused<?>(var refusal) ->
                    skipped.add(new SkippedPackage(path, refusal.reason(), refusal.detail()));
            }
        }
    }

    /// The description of a file again, to see whether it is still the one that was found.
    ///
    /// @return empty when it is gone or no regular file any more
    static Optional<FoundPackage> again(Path file, FoundPackage before) throws IOException {
        Map<String, Object> look = lookAt(file);
        return type(look) == REGULAR ? Optional.of(describe(before.path(), look)) : Optional.empty();
    }

    private static FoundPackage describe(String path, Map<String, Object> look) {
        return new FoundPackage(
                path, number(look, "size"), nanos(look, "lastModifiedTime"), nanos(look, "ctime"), number(look, "ino"));
    }

    private static long number(Map<String, Object> look, String name) {
        return (Long) Objects.requireNonNull(look.get(name));
    }

    private static long nanos(Map<String, Object> look, String name) {
        return ((FileTime) Objects.requireNonNull(look.get(name))).to(TimeUnit.NANOSECONDS);
    }

    private Map<String, Object> look(Path file) throws IOException {
        return switch (settings.choice().symlinks()) {
            case FOLLOW -> lookAt(file);
            case SKIP -> lookAt(file, LinkOption.NOFOLLOW_LINKS);
        };
    }

    /// Empty for what is not there.
    private static Map<String, Object> lookAt(Path file, LinkOption... options) throws IOException {
        try {
            return Files.readAttributes(file, LOOK, options);
        } catch (FileSystemException e) {
            return Map.of();
        }
    }

    private static int type(Map<String, Object> look) {
        return look.get("mode") instanceof Integer mode ? mode & TYPE_MASK : 0;
    }

    /// createrepo_c looks at file names only; patterns with folders are of use too.
    private boolean isExcluded(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return excludes.stream()
                .anyMatch(pattern ->
                        pattern.matcher(name).matches() || pattern.matcher(path).matches());
    }

    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        glob.codePoints().forEach(c -> {
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(Character.toString(c)));
            }
        });
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
