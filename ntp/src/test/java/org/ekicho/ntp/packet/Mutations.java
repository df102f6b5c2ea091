package org.ekicho.ntp.packet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Feeds a fuzz target its seeds and then some thousand changed ones, always the same: the quick version of a fuzzer.
public final class Mutations {
    private Mutations() {}

    /// @param folder of seeds, such as `/golden/packets`
    /// @param count  how many changed seeds follow
    public static void feed(String folder, int count, Consumer<byte[]> target) {
        List<byte[]> seeds = seeds(folder);
        seeds.forEach(target);
        Random random = new Random(20_261_123);
        for (int i = 0; i < count; i++) {
            target.accept(changed(seeds.get(random.nextInt(seeds.size())), random));
        }
    }

    private static List<byte[]> seeds(String folder) {
        try (Stream<Path> files = Files.list(Path.of(Objects.requireNonNull(Mutations.class.getResource(folder), folder)
                .toURI()))) {
            return files.sorted().map(Mutations::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One to four changes: a bit, a byte, a cut, a stretch.
    private static byte[] changed(byte[] seed, Random random) {
        byte[] bytes = seed.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
            int kind = bytes.length == 0 ? 3 : random.nextInt(4);
            switch (kind) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                default -> bytes = Arrays.copyOf(bytes, bytes.length + 4 * random.nextInt(16));
            }
        }
        return bytes;
    }
}
