package org.ekicho.mirror.metadata;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.Refusal;
import org.ekicho.mirror.RefusedException;
import org.ekicho.mirror.hash.Checksum;
import org.ekicho.mirror.location.CheckedPath;
import org.ekicho.mirror.location.Locations;

/// Reads `.treeinfo` (productmd 1.x) and its forerunners, which have `general`, `images-…` and `checksums` only.
public final class TreeInfoReader {
    private final IniText ini;
    private final Map<CheckedPath, TreeInfo.TreeFile> files = new TreeMap<>();
    private final List<TreeInfo.RejectedLine> rejected = new ArrayList<>();

    private TreeInfoReader(IniText ini) {
        this.ini = ini;
    }

    /// @throws IOException the stream's own
    public static Reading<TreeInfo> read(InputStream in) throws IOException {
        try {
            IniText ini = IniText.read(in);
            boolean known = ini.sections().stream()
                    .anyMatch(s -> s.equals("general")
                            || s.equals("tree")
                            || s.equals("checksums")
                            || s.startsWith("images-"));
            if (!known) {
                throw new RefusedException(
                        MirrorReason.NOT_WHAT_IT_SHOULD_BE, "no section of an install tree's description");
            }
            return new Reading.Done<>(new TreeInfoReader(ini).tree());
        } catch (RefusedException e) {
            return new Reading.Refused<>(e.refusal());
        }
    }

    private TreeInfo tree() {
        ini.section("checksums").forEach(this::checksum);
        List<TreeInfo.Variant> variants = new ArrayList<>();
        for (String section : ini.sections()) {
            if (section.startsWith("images-")) {
                ini.section(section).values().forEach(path -> named(section, path));
            } else if (section.equals("stage2")) {
                ini.section(section).values().forEach(path -> named(section, path));
            } else if (section.startsWith("variant-") || section.startsWith("addon-")) {
                variants.add(variant(section));
            }
        }
        for (String path : CustomaryTreeFiles.paths(arch())) {
            CheckedPath checked = new CheckedPath(path);
            files.putIfAbsent(checked, new TreeInfo.TreeFile(checked, Optional.empty(), TreeInfo.Origin.CUSTOMARY));
        }
        return new TreeInfo(
                first("release", "name", "general", "family"),
                first("release", "version", "general", "version"),
                arch(),
                List.copyOf(files.values()),
                variants,
                rejected);
    }

    private String arch() {
        return first("tree", "arch", "general", "arch");
    }

    private String first(String section, String key, String olderSection, String olderKey) {
        return Optional.ofNullable(ini.section(section).get(key))
                .or(() -> Optional.ofNullable(ini.section(olderSection).get(olderKey)))
                .orElse("");
    }

    /// `images/boot.iso = sha256:3f2a…`; repomd.xml of the tree's repositories is not a file of the tree.
    private void checksum(String path, String value) {
        if (isRepomd(path)) {
            return;
        }
        int colon = value.indexOf(':');
        Optional<Checksum> checksum = colon < 0
                ? ofLength(value.strip())
                : Checksum.parse(value.substring(0, colon), value.substring(colon + 1));
        if (checksum.isEmpty()) {
            rejected.add(new TreeInfo.RejectedLine(
                    Refusal.quote(path),
                    Refusal.of(MirrorReason.MALFORMED, "no checksum that can be checked: " + Refusal.quote(value))));
            return;
        }
        place("checksums", path)
                .ifPresent(at -> files.put(at, new TreeInfo.TreeFile(at, checksum, TreeInfo.Origin.NAMED)));
    }

    private void named(String section, String path) {
        if (path.isBlank() || isRepomd(path)) {
            return;
        }
        place(section, path)
                .ifPresent(at ->
                        files.putIfAbsent(at, new TreeInfo.TreeFile(at, Optional.empty(), TreeInfo.Origin.NAMED)));
    }

    private Optional<CheckedPath> place(String section, String path) {
        return switch (Locations.check(path.strip(), Locations.Use.TREE)) {
            case Reading.Done<CheckedPath>(CheckedPath checked) -> Optional.of(checked);
            case Reading.Refused<CheckedPath>(Refusal refusal) -> {
                rejected.add(new TreeInfo.RejectedLine("[" + section + "] of the install tree", refusal));
                yield Optional.empty();
            }
        };
    }

    private TreeInfo.Variant variant(String section) {
        Map<String, String> keys = ini.section(section);
        String id = keys.getOrDefault("id", section.substring(section.indexOf('-') + 1));
        return new TreeInfo.Variant(id, keys.getOrDefault("packages", ""), keys.getOrDefault("repository", ""));
    }

    private static boolean isRepomd(String path) {
        return path.toLowerCase(Locale.ROOT).endsWith("repodata/repomd.xml");
    }

    /// Before 2010 checksums stood without their kind.
    private static Optional<Checksum> ofLength(String digits) {
        String type = switch (digits.length()) {
            case 32 -> "md5";
            case 40 -> "sha1";
            case 64 -> "sha256";
            default -> "";
        };
        return Checksum.parse(type, digits);
    }
}
