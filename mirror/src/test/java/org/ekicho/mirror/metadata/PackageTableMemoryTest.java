package org.ekicho.mirror.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A distribution's primary.xml is read in a small heap: 70,000 packages, in another Java machine that has 24 MB for
/// them, its own classes, and the parser.
class PackageTableMemoryTest {
    private static final int PACKAGES = 70_000;
    private static final int HEAP_MB = 24;

    @Test
    void seventy_thousand_packages_fit_in_a_small_heap() throws IOException, InterruptedException {
        Process reader = new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-Xmx" + HEAP_MB + "m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reader.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(reader.waitFor()).as(said).isZero();
        String[] numbers = said.strip().split(" ", -1);
        assertThat(Integer.parseInt(numbers[0])).isEqualTo(PACKAGES);
        assertThat(Long.parseLong(numbers[1]) / PACKAGES)
                .as("bytes for a package")
                .isLessThan(200);
    }

    @Test
    void the_generated_packages_are_not_all_alike() throws IOException {
        try (Generated generated = new Generated(3)) {
            PackageTable table =
                    GoldenMetadata.value(PrimaryReader.readTable(generated)).packages();
            List<String> names = List.of(
                    table.entry(0).nevra(),
                    table.entry(1).nevra(),
                    table.entry(2).nevra());
            assertThat(names).doesNotHaveDuplicates();
            assertThat(table.entry(0).pkgid()).isNotEqualTo(table.entry(1).pkgid());
        }
    }

    /// Reads the generated primary.xml and says how many packages it had and what they take.
    static final class Reader {
        private Reader() {}

        public static void main(String[] arguments) throws IOException {
            PackageTable table = GoldenMetadata.value(PrimaryReader.readTable(new Generated(PACKAGES)))
                    .packages();
            System.out.println(table.size() + " " + table.heapBytes());
        }
    }

    /// A primary.xml that is made while it is read.
    private static final class Generated extends InputStream {
        private final int packages;
        private int made;
        private byte[] piece;
        private int position;

        Generated(int packages) {
            this.packages = packages;
            this.piece = ("<metadata packages=\"" + packages + "\">").getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) {
            if (position == piece.length) {
                if (made > packages) {
                    return -1;
                }
                piece = (made < packages ? element(made) : "</metadata>").getBytes(StandardCharsets.UTF_8);
                made++;
                position = 0;
            }
            int taken = Math.min(length, piece.length - position);
            System.arraycopy(piece, position, to, offset, taken);
            position += taken;
            return taken;
        }

        private static String element(int i) {
            String name = "lib" + Integer.toString(i * 7919, 36) + "-devel";
            String version = i % 13 + "." + i % 101 + "." + i % 7;
            String digest =
                    String.format("%064x", i * 0x9E3779B97F4A7C15L).repeat(2).substring(0, 64);
            return """
                    <package type="rpm"><name>%1$s</name><arch>x86_64</arch><version epoch="0" ver="%2$s" rel="4.el9"/>\
                    <checksum type="sha256" pkgid="YES">%3$s</checksum><summary>s</summary><description>%4$s</description>\
                    <time file="1767225600" build="1767225600"/><size package="%5$d" installed="400000" archive="400100"/>\
                    <location href="Packages/l/%1$s-%2$s-4.el9.x86_64.rpm"/><format><sourcerpm>%1$s-%2$s-4.el9.src.rpm</sourcerpm>\
                    <header-range start="4504" end="26605"/><provides><entry name="%1$s"/></provides></format></package>
                    """.formatted(name, version, digest, "words ".repeat(40), 100_000 + i);
        }
    }
}
