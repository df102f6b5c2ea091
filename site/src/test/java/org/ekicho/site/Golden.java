package org.ekicho.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The golden files of this module: inputs, the outputs that were judged right, and mutations of the inputs.
public final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private Golden() {}

    /// One golden file: its path below the folder, and its bytes as characters.
    public record File(String name, String latin1) {
        public byte[] bytes() {
            return latin1.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    public static File file(String name) {
        try {
            return new File(name, Files.readString(FOLDER.resolve(name), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<File> files(String folder, String ending) {
        try (Stream<Path> paths = Files.list(FOLDER.resolve(folder))) {
            return paths.filter(p -> p.toString().endsWith(ending))
                    .sorted()
                    .map(p -> file(FOLDER.relativize(p).toString()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Compares with the golden output. With `-Dgolden.write=true` the output is written instead, to be judged by eye.
    public static void check(String name, String output) {
        if (Boolean.getBoolean("golden.write")) {
            try {
                Files.writeString(FOLDER.resolve(name), output);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertThat(output).isEqualTo(new String(file(name).bytes(), StandardCharsets.UTF_8));
    }

    /// Feeds the inputs, and `count` inputs with some bytes changed, dropped, doubled or taken from another input.
    public static void mutate(List<File> inputs, int count, Consumer<byte[]> target) {
        inputs.forEach(f -> target.accept(f.bytes()));
        Random dice = new Random(1);
        for (int i = 0; i < count; i++) {
            byte[] bytes = inputs.get(dice.nextInt(inputs.size())).bytes();
            for (int edits = 1 + dice.nextInt(4); edits > 0; edits--) {
                bytes = edit(bytes, inputs.get(dice.nextInt(inputs.size())).bytes(), dice);
            }
            target.accept(bytes);
        }
    }

    private static byte[] edit(byte[] bytes, byte[] other, Random dice) {
        int at = dice.nextInt(bytes.length + 1);
        int length = Math.min(dice.nextInt(12), bytes.length - at);
        byte[] head = Arrays.copyOf(bytes, at);
        byte[] tail = Arrays.copyOfRange(bytes, at + length, bytes.length);
        byte[] middle = switch (dice.nextInt(4)) {
            case 0 -> new byte[0];
            case 1 -> random(dice);
            case 2 -> slice(bytes, dice);
            default -> slice(other, dice);
        };
        byte[] edited = new byte[head.length + middle.length + tail.length];
        System.arraycopy(head, 0, edited, 0, head.length);
        System.arraycopy(middle, 0, edited, head.length, middle.length);
        System.arraycopy(tail, 0, edited, head.length + middle.length, tail.length);
        return edited;
    }

    private static byte[] random(Random dice) {
        byte[] bytes = new byte[1 + dice.nextInt(3)];
        dice.nextBytes(bytes);
        return bytes;
    }

    private static byte[] slice(byte[] bytes, Random dice) {
        int start = dice.nextInt(bytes.length + 1);
        return Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + dice.nextInt(40)));
    }
}
