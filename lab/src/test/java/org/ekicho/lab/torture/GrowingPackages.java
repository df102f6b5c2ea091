package org.ekicho.lab.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ekicho.mirror.rpmbuild.RpmBuilder;
import org.ekicho.mirror.rpmbuild.RpmEntry;

/// Packages of a distribution that moves on: new versions come, a version stays as it was made, some packages go and
/// come back.
final class GrowingPackages {
    private static final int PACKAGES = 30;
    /// These are always there, in some version.
    private static final int CONSTANT = 20;
    private static final int LONGEST_FILE = 60_000;

    private final String prefix;
    private final Path pool;
    private final Random dice;
    private final Map<String, Integer> versions = new TreeMap<>();

    /// @param pool every package ever made
    GrowingPackages(String prefix, Path pool, Random dice) throws IOException {
        this.prefix = prefix;
        this.pool = Files.createDirectories(pool);
        this.dice = dice;
        for (int i = 0; i < PACKAGES; i++) {
            versions.put(name(i), 1);
        }
    }

    /// Names of packages that every generation has.
    List<String> constant() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < CONSTANT; i++) {
            names.add(name(i));
        }
        return names;
    }

    private String name(int number) {
        return "%s%02d".formatted(prefix, number);
    }

    /// A few new versions; one package goes or comes.
    void advance() {
        for (int i = 0; i < 5; i++) {
            versions.computeIfPresent(name(dice.nextInt(PACKAGES)), (name, version) -> version + 1);
        }
        String wavering = name(CONSTANT + dice.nextInt(PACKAGES - CONSTANT));
        if (versions.remove(wavering) == null) {
            versions.put(wavering, 1);
        }
    }

    /// Makes the folder have exactly the packages of now.
    void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        Set<String> wanted = new HashSet<>();
        for (Map.Entry<String, Integer> each : versions.entrySet()) {
            Path made = make(each.getKey(), each.getValue());
            String file = made.getFileName().toString();
            wanted.add(file);
            if (!Files.exists(folder.resolve(file))) {
                Files.createLink(folder.resolve(file), made);
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".rpm") && !wanted.contains(name)) {
                    Files.delete(file);
                }
            }
        }
    }

    private Path make(String name, int version) throws IOException {
        RpmBuilder builder = RpmBuilder.of(name, "1." + version, "1");
        Path file = pool.resolve(builder.fileName());
        if (!Files.exists(file)) {
            Random content = new Random(31L * name.hashCode() + version);
            byte[] bytes = new byte[1_000 + content.nextInt(LONGEST_FILE)];
            content.nextBytes(bytes);
            Files.write(
                    file,
                    builder.add(RpmEntry.file("/usr/share/" + name + "/data", bytes))
                            .build());
        }
        return file;
    }
}
