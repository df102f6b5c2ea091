package org.ekicho.daemon.boot.ftp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpFile;

/// What one session sees: `/boot/tree/NAME/…` for every imported tree. A path is taken apart and its first three names
/// are looked up; what follows is a file of that tree, and no link leads out of it.
final class TreeView implements FileSystemView {
    /// Longer paths are nobody's.
    private static final int MAX_PATH = 1024;

    private final FtpTrees trees;
    private List<String> working = List.of();

    TreeView(FtpTrees trees) {
        this.trees = trees;
    }

    @Override
    public FtpFile getHomeDirectory() throws FtpException {
        return file(List.of());
    }

    @Override
    public FtpFile getWorkingDirectory() throws FtpException {
        return file(working);
    }

    @Override
    public boolean changeWorkingDirectory(String path) throws FtpException {
        if (isOdd(path)) return false;
        List<String> wanted = parts(path);
        boolean there = file(wanted).isDirectory();
        if (there) working = wanted;
        return there;
    }

    @Override
    public FtpFile getFile(String path) throws FtpException {
        return isOdd(path) ? TreeFile.missing("/?") : file(parts(path));
    }

    @Override
    public boolean isRandomAccessible() {
        return true;
    }

    @Override
    public void dispose() {
        // Holds nothing.
    }

    private static boolean isOdd(String path) {
        return path.length() > MAX_PATH || path.chars().anyMatch(c -> c < 0x20 || c == 0x7f || c == '\\');
    }

    /// The names on the way from the root; `..` at the root stays there.
    private List<String> parts(String path) {
        List<String> parts = new ArrayList<>(path.startsWith("/") ? List.of() : working);
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                if (!parts.isEmpty()) parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return List.copyOf(parts);
    }

    private TreeFile file(List<String> parts) throws FtpException {
        String path = "/" + String.join("/", parts);
        try {
            if (path.equals("/")) return TreeFile.folder(path, () -> List.of(file(List.of("boot"))));
            if (path.equals("/boot")) return TreeFile.folder(path, () -> List.of(file(List.of("boot", "tree"))));
            if (path.equals("/boot/tree")) return TreeFile.folder(path, this::all);
            if (!path.startsWith("/boot/tree/")) return TreeFile.missing(path);
            Optional<Path> found = trees.find(path.substring("/boot/tree/".length()));
            if (found.isEmpty()) return TreeFile.missing(path);
            return Files.isDirectory(found.get())
                    ? TreeFile.folder(path, () -> below(parts, found.get()))
                    : TreeFile.of(path, found.get());
        } catch (IOException e) {
            throw new FtpException("cannot be read", e);
        }
    }

    private List<FtpFile> all() throws IOException, FtpException {
        List<FtpFile> files = new ArrayList<>();
        for (String name : trees.names()) {
            files.add(file(List.of("boot", "tree", name)));
        }
        return files;
    }

    private List<FtpFile> below(List<String> parts, Path folder) throws IOException, FtpException {
        List<String> names;
        try (var all = Files.list(folder)) {
            names = all.map(one -> one.getFileName().toString()).sorted().toList();
        }
        List<FtpFile> files = new ArrayList<>(names.size());
        for (String name : names) {
            List<String> path = new ArrayList<>(parts);
            path.add(name);
            TreeFile file = file(path);
            if (file.doesExist()) files.add(file);
        }
        return files;
    }
}
