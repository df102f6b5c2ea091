package org.ekicho.ntp.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/// Recorded queries, each with its replies: lines `> HEX` and `< HEX`, `#` begins a comment.
record Dialogue(List<Turn> turns) {
    /// One query and the fragments of its answer, which may be none.
    record Turn(String query, List<String> replies) {
        byte[] queryBytes() {
            return HexFormat.of().parseHex(query);
        }

        List<byte[]> replyBytes() {
            return replies.stream().map(HexFormat.of()::parseHex).toList();
        }
    }

    /// Reads `golden/control/NAME` from the class path.
    static Dialogue read(String name) {
        try (InputStream in = Dialogue.class.getResourceAsStream("/golden/control/" + name)) {
            String text = new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.US_ASCII);
            List<Turn> turns = new ArrayList<>();
            for (String line : text.lines().toList()) {
                if (line.startsWith("> ")) {
                    turns.add(new Turn(line.substring(2), new ArrayList<>()));
                } else if (line.startsWith("< ")) {
                    turns.getLast().replies().add(line.substring(2));
                }
            }
            return new Dialogue(turns);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
