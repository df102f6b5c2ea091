package org.ekicho.host.download;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;

/// By what a server knows its file again (RFC 9110 §13.1.5): a strong ETag, else Last-Modified. It lies beside a part
/// of
/// the file, as `NAME.from`.
record Validator(String address, String value) {
    private static final int LIMIT = 10_000;

    static Optional<Validator> of(String address, HttpResponse response) {
        Header etag = response.getFirstHeader("ETag");
        if (etag != null && etag.getValue().startsWith("\"")) {
            return Optional.of(new Validator(address, etag.getValue()));
        }
        Header modified = response.getFirstHeader("Last-Modified");
        return modified == null ? Optional.empty() : Optional.of(new Validator(address, modified.getValue()));
    }

    /// What lies beside the part; empty when nothing of use does.
    static Optional<Validator> beside(Path target) throws IOException {
        Path file = file(target);
        if (!Files.isRegularFile(file) || Files.size(file) > LIMIT) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        return lines.size() == 2 ? Optional.of(new Validator(lines.get(0), lines.get(1))) : Optional.empty();
    }

    void write(Path target) throws IOException {
        Files.writeString(file(target), address + "\n" + value + "\n", StandardCharsets.ISO_8859_1);
    }

    static void forget(Path target) throws IOException {
        Files.deleteIfExists(file(target));
    }

    private static Path file(Path target) {
        return target.resolveSibling(target.getFileName() + ".from");
    }
}
