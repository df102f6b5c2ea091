package org.ekicho.daemon.boot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.ekicho.netboot.answer.AnswerTemplate;
import org.ekicho.netboot.settings.BootSettings;

/// The boot folder: `trees/NAME/`, `loaders/`, `answers/`, `orders`, `audit.log`.
///
/// @param root     the folder
/// @param answers  folder of templates
public record BootFolder(Path root, Path answers) {
    private static final String MODE = "rwxr-x---";

    public static BootFolder of(BootSettings settings) {
        Path root = Path.of(settings.folder());
        return new BootFolder(root, settings.answers().map(Path::of).orElse(root.resolve("answers")));
    }

    /// Makes what is missing of it.
    ///
    /// @throws IOException the message says what to do
    public BootFolder open() throws IOException {
        try {
            for (Path folder : new Path[] {root, trees(), loaders()}) {
                if (!Files.isDirectory(folder)) {
                    Files.createDirectories(
                            folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MODE)));
                }
            }
        } catch (IOException e) {
            throw new IOException(
                    "cannot make the boot folder " + root + " (" + e.getMessage()
                            + "); make it yourself, or name another with folder in [boot]",
                    e);
        }
        return this;
    }

    public Path trees() {
        return root.resolve("trees");
    }

    public Path loaders() {
        return root.resolve("loaders");
    }

    Path orders() {
        return root.resolve("orders");
    }

    Path ordersLock() {
        return root.resolve(".orders.lock");
    }

    Path audit() {
        return root.resolve("audit.log");
    }

    /// The template of an answer file; empty when there is none of this name, or it is longer than any is.
    public Optional<String> template(String name) throws IOException {
        Path file = answers.resolve(name);
        boolean usable =
                !name.contains("/") && Files.isRegularFile(file) && Files.size(file) <= AnswerTemplate.MAX_LENGTH;
        return usable ? Optional.of(Files.readString(file, StandardCharsets.UTF_8)) : Optional.empty();
    }
}
