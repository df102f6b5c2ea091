package org.ekicho.bench.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ekicho.daemon.boot.tftp.TftpDoor;
import org.ekicho.daemon.boot.tftp.TftpService;
import org.ekicho.netboot.tftp.BootFile;
import org.ekicho.netboot.tftp.BootIndex;
import org.ekicho.netboot.tftp.TftpSettings;
import org.ekicho.netboot.tftp.TftpTerms;
import org.ekicho.wire.IpAddress;

/// Our TFTP service alone, serving the files of a folder.
///
/// Arguments: address, port, folder.
public final class TftpServing {
    private TftpServing() {}

    public static void main(String[] arguments) throws IOException {
        TftpDoor door = new TftpDoor(IpAddress.literal(arguments[0]), Integer.parseInt(arguments[1]), Optional.empty());
        TftpService.Terms terms = new TftpService.Terms(
                TftpSettings.USUAL.withLimits(TftpSettings.MOST_TRANSFERS, TftpSettings.MOST_TRANSFERS),
                client -> TftpTerms.GENEROUS,
                index(Path.of(arguments[2])));
        new TftpService(List.of(door), terms, file -> Optional.empty(), report -> {}).run();
    }

    private static BootIndex index(Path folder) throws IOException {
        List<BootFile> files = new ArrayList<>();
        try (Stream<Path> found = Files.list(folder)) {
            for (Path path : found.toList()) {
                files.add(new BootFile(path.getFileName().toString(), Files.size(path), path.toString()));
            }
        }
        return new BootIndex(files);
    }
}
