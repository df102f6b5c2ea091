package org.ekicho.lab.boot;

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

/// The TFTP service on all of `eth0`, and nothing else; prints a line for each end.
///
/// Arguments: folder of the files, largest block, `own` or `shared` port.
final class TftpProgram {
    private TftpProgram() {}

    public static void main(String[] arguments) throws IOException {
        TftpTerms generous = TftpTerms.GENEROUS.withLargestBlock(Integer.parseInt(arguments[1]));
        TftpTerms terms = arguments[2].equals("shared") ? generous.onSharedPort() : generous;
        List<BootFile> files = new ArrayList<>();
        try (Stream<Path> found = Files.list(Path.of(arguments[0]))) {
            for (Path path : found.toList()) {
                files.add(new BootFile(path.getFileName().toString(), Files.size(path), path.toString()));
            }
        }
        try (TftpService service = new TftpService(
                List.of(TftpDoor.onInterface("eth0", TftpDoor.PORT)),
                new TftpService.Terms(TftpSettings.USUAL, client -> terms, new BootIndex(files)),
                file -> Optional.empty(),
                report -> System.out.println(report.reason() + " " + report.line()))) {
            service.open();
            System.out.println("listening");
            service.run();
        }
    }
}
