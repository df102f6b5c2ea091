package org.ekicho.daemon.boot.ftp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpFile;

/// A file or folder of a tree as FTP shows it: it can be read and nothing else.
///
/// @param path   from the root
/// @param file   where it lies; empty for a folder, and for what is not there
/// @param inside what a folder holds; empty for a file, and for what is not there
record TreeFile(String path, Optional<Path> file, Optional<Inside> inside) implements FtpFile {
    private static final String NOBODY = "ekicho";

    /// Looks into a folder.
    @FunctionalInterface
    interface Inside {
        List<FtpFile> list() throws IOException, FtpException;
    }

    static TreeFile folder(String path, Inside inside) {
        return new TreeFile(path, Optional.empty(), Optional.of(inside));
    }

    static TreeFile of(String path, Path file) {
        return new TreeFile(path, Optional.of(file), Optional.empty());
    }

    static TreeFile missing(String path) {
        return new TreeFile(path, Optional.empty(), Optional.empty());
    }

    @Override
    public String getAbsolutePath() {
        return path;
    }

    @Override
    public String getName() {
        return path.equals("/") ? "/" : path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public boolean isHidden() {
        return false;
    }

    @Override
    public boolean isDirectory() {
        return inside.isPresent();
    }

    @Override
    public boolean isFile() {
        return file.isPresent();
    }

    @Override
    public boolean doesExist() {
        return isFile() || isDirectory();
    }

    @Override
    public boolean isReadable() {
        return doesExist();
    }

    @Override
    public boolean isWritable() {
        return false;
    }

    @Override
    public boolean isRemovable() {
        return false;
    }

    @Override
    public String getOwnerName() {
        return NOBODY;
    }

    @Override
    public String getGroupName() {
        return NOBODY;
    }

    @Override
    public int getLinkCount() {
        return isDirectory() ? 2 : 1;
    }

    @Override
    public long getLastModified() {
        return file.map(one -> {
                    try {
                        return Files.getLastModifiedTime(one).toMillis();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .orElse(0L);
    }

    @Override
    public long getSize() {
        return file.map(one -> {
                    try {
                        return Files.size(one);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .orElse(0L);
    }

    @Override
    public Object getPhysicalFile() {
        return path;
    }

    @Override
    public List<? extends FtpFile> listFiles() {
        try {
            return inside.isPresent() ? inside.get().list() : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FtpException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public InputStream createInputStream(long offset) throws IOException {
        Path from = file.orElseThrow(() -> new IOException(path + " is no file"));
        FileChannel channel = FileChannel.open(from, StandardOpenOption.READ);
        channel.position(offset);
        return Channels.newInputStream(channel);
    }

    @Override
    public boolean setLastModified(long time) {
        return false;
    }

    @Override
    public boolean mkdir() {
        return false;
    }

    @Override
    public boolean delete() {
        return false;
    }

    @Override
    public boolean move(FtpFile destination) {
        return false;
    }

    @Override
    public OutputStream createOutputStream(long offset) throws IOException {
        throw new IOException("nothing is written here");
    }
}
