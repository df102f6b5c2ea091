package org.ekicho.lab.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ekicho.lab.peer.Programs;

/// The code that the invariants are about: the program's classes, and every source file.
final class Code {
    /// The modules that decide and never act.
    static final String[] CORES = {
        "org.ekicho.wire..", "org.ekicho.ntp..", "org.ekicho.mirror..", "org.ekicho.netboot..", "org.ekicho.site.."
    };

    /// All classes of the program; no tests.
    static final JavaClasses PROGRAM = program();

    private Code() {}

    private static JavaClasses program() {
        try (Stream<Path> modules = Files.list(Programs.root())) {
            return new ClassFileImporter()
                    .importPaths(modules.map(module -> module.resolve("target/classes"))
                            .filter(Files::isDirectory)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All Java files of the tree, tests included.
    static List<Path> sources() {
        try (Stream<Path> modules = Files.list(Programs.root())) {
            return modules.map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .flatMap(Code::javaFiles)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A file's lines.
    static List<String> lines(Path source) {
        try {
            return Files.readAllLines(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A file's name from the top of the tree.
    static String nameOf(Path source) {
        return Programs.root().relativize(source).toString();
    }
}
