package org.ekicho.daemon.settings;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ekicho.site.NamedFile;
import org.ekicho.site.Surroundings;
import org.ekicho.wire.IpAddress;

/// The files of this host and the names that it can resolve.
///
/// @param folder where relative paths begin
public record FileSurroundings(Path folder) implements Surroundings {
    /// The bits of a file's mode that say who may do what.
    private static final int PERMISSIONS = 07777;
    /// A folder of configuration has some dozens of files; more than this is the wrong folder.
    private static final int MOST_FILES = 10_000;

    @Override
    public NamedFile file(String path) {
        return read(folder.resolve(path));
    }

    @Override
    public String place(String path) {
        return folder.resolve(path).normalize().toString();
    }

    /// Reads one file as far as a file of configuration may be long.
    public static NamedFile read(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(NamedFile.MAX_BYTES + 1);
            if (bytes.length > NamedFile.MAX_BYTES) {
                return new NamedFile.Unreadable("longer than " + NamedFile.MAX_BYTES + " bytes");
            }
            return new NamedFile.Found(new String(bytes, StandardCharsets.ISO_8859_1), mode(path));
        } catch (NoSuchFileException e) {
            return new NamedFile.Unreadable("no such file");
        } catch (AccessDeniedException e) {
            return new NamedFile.Unreadable("permission denied");
        } catch (IOException e) {
            return new NamedFile.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static int mode(Path path) throws IOException {
        try {
            return Files.getAttribute(path, "unix:mode") instanceof Integer mode
                    ? mode & PERMISSIONS
                    : NamedFile.UNKNOWN_MODE;
        } catch (UnsupportedOperationException e) {
            return NamedFile.UNKNOWN_MODE;
        }
    }

    @Override
    public List<String> files(String pattern) {
        if (!Surroundings.isPattern(pattern)) {
            return List.of(pattern);
        }
        int slash = pattern.lastIndexOf('/');
        Path parent = folder.resolve(pattern.substring(0, slash + 1));
        String glob = pattern.substring(slash + 1).replaceAll("[\\\\{}\\[\\]]", "\\\\$0");
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, glob)) {
            List<String> files = new ArrayList<>();
            for (Path file : found) {
                files.add(pattern.substring(0, slash + 1) + file.getFileName());
            }
            return files.stream().sorted().limit(MOST_FILES).toList();
        } catch (IOException | DirectoryIteratorException e) {
            // No such folder, or none that we may list: the reader of the pattern says that nothing is there.
            return List.of();
        }
    }

    @Override
    public List<IpAddress> addresses(String name) {
        try {
            return Arrays.stream(InetAddress.getAllByName(name))
                    .map(IpAddress::of)
                    .toList();
        } catch (UnknownHostException e) {
            return List.of();
        }
    }
}
