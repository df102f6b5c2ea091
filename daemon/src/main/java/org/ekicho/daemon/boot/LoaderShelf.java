package org.ekicho.daemon.boot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.ekicho.netboot.client.ClientArch;
import org.ekicho.netboot.policy.LoaderNames;
import org.ekicho.netboot.trace.BootProgram;

/// The loaders that are here: those that an admin put into `loaders/` of the boot folder, and those of this host's
/// packages. None is shipped. Each is served byte by byte as it is, or its signature would be worth nothing.
public final class LoaderShelf implements LoaderNames {
    private static final Path DPKG_STATUS = Path.of("var/lib/dpkg/status");

    private final Path folder;
    private final Path root;

    /// @param folder the admin's own, which come first
    public LoaderShelf(Path folder) {
        this(folder, Path.of("/"));
    }

    /// @param root of the host's file system
    LoaderShelf(Path folder, Path root) {
        this.folder = folder;
        this.root = root;
    }

    /// What is known of a loader here.
    ///
    /// @param name     in the boot index
    /// @param arch     that it runs on, in words
    /// @param use      `network` or `media`
    /// @param file     where it lies; empty: missing
    /// @param version  of its package; empty: not known
    /// @param size     bytes
    /// @param sha256   of its bytes, in hexadecimal; empty when missing
    /// @param remedy   the command that brings it; empty when it is here, or nothing does
    public record Found(
            String name,
            String arch,
            String use,
            Optional<String> file,
            String version,
            long size,
            String sha256,
            Optional<String> remedy) {}

    /// The file of a name in the boot index; empty when it is not here. Only names of the list are looked for.
    public Optional<Path> file(String name) {
        return Loader.ALL.stream()
                .filter(loader -> loader.name().equals(name))
                .findFirst()
                .flatMap(this::file);
    }

    private Optional<Path> file(Loader loader) {
        return candidates(loader).stream().filter(Files::isRegularFile).findFirst();
    }

    private List<Path> candidates(Loader loader) {
        List<Path> paths = new ArrayList<>();
        paths.add(folder.resolve(loader.fileName()));
        for (String place : new String[] {loader.debian(), loader.fedora()}) {
            if (!place.isEmpty()) paths.add(root.resolve(place.substring(1)));
        }
        return paths;
    }

    @Override
    public Optional<String> loader(ClientArch program, int index) {
        List<String> names = network().stream()
                .filter(loader -> loader.arch().equals(program))
                .map(Loader::name)
                .toList();
        return index < names.size() ? Optional.of(names.get(index)) : Optional.empty();
    }

    /// The names that machines may load, of those that are here.
    public List<String> names() {
        return network().stream().map(Loader::name).toList();
    }

    /// What a loader is made for, by its first bytes; empty when it is not here or they do not tell.
    public Optional<BootProgram> program(String name) throws IOException {
        Optional<Path> file = file(name);
        if (file.isEmpty()) return Optional.empty();
        try (InputStream in = Files.newInputStream(file.get())) {
            return BootProgram.read(in.readNBytes(BootProgram.HEAD));
        }
    }

    private List<Loader> network() {
        return Loader.ALL.stream()
                .filter(loader ->
                        loader.use() == Loader.Use.NETWORK && file(loader).isPresent())
                .toList();
    }

    /// All of the list: what is here, and how the rest is brought.
    public List<Found> survey() throws IOException {
        Loader.Family family = Files.exists(root.resolve("usr/bin/dpkg")) ? Loader.Family.DEBIAN : Loader.Family.FEDORA;
        List<Found> found = new ArrayList<>();
        for (Loader loader : Loader.ALL) {
            Optional<Path> file = file(loader);
            boolean own = file.filter(f -> f.startsWith(folder)).isPresent();
            found.add(new Found(
                    loader.name(),
                    loader.arch().words(),
                    loader.use() == Loader.Use.NETWORK ? "network" : "media",
                    file.map(Path::toString),
                    file.isEmpty() ? "" : own ? "your own" : version(loader.debianPackage()),
                    file.isEmpty() ? 0 : Files.size(file.get()),
                    file.isEmpty() ? "" : sha256(file.get()),
                    file.isPresent() ? Optional.empty() : loader.remedy(family)));
        }
        return found;
    }

    /// The version of an installed Debian package, from dpkg's own list; empty where that is not known.
    private String version(String name) throws IOException {
        Path status = root.resolve(DPKG_STATUS);
        if (!Files.isReadable(status)) {
            return "";
        }
        boolean inside = false;
        for (String line : Files.readAllLines(status, StandardCharsets.UTF_8)) {
            if (line.startsWith("Package: ")) {
                inside = line.equals("Package: " + name);
            } else if (inside && line.startsWith("Version: ")) {
                return name + " " + line.substring("Version: ".length());
            }
        }
        return "";
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
