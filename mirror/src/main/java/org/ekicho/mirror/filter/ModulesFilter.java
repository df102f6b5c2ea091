package org.ekicho.mirror.filter;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.metadata.ModuleDocument;
import org.ekicho.mirror.metadata.ModulesReader;

/// Copies modules.yaml with whole documents only: builds of streams that are kept, and what is said of those modules
/// and
/// streams. No document is changed.
public final class ModulesFilter {
    private ModulesFilter() {}

    /// @param in      decompressed
    /// @param out     not closed, not compressed
    /// @param streams kept builds as `name:stream:version:context:arch`
    /// @return how many documents were written
    /// @throws IOException of either stream
    public static Reading<Integer> copy(InputStream in, OutputStream out, Set<String> streams) throws IOException {
        Set<String> modules = new HashSet<>();
        Set<String> nameStreams = new HashSet<>();
        for (String nsvca : streams) {
            String[] parts = nsvca.split(":", 3);
            modules.add(parts[0]);
            nameStreams.add(parts[0] + ":" + parts[1]);
        }
        int[] written = new int[1];
        Reading<Integer> reading = ModulesReader.read(in, document -> {
            boolean keeps = switch (document.kind()) {
                case MODULE -> streams.contains(document.nsvca());
                case DEFAULTS -> modules.contains(document.name());
                case OBSOLETES, TRANSLATIONS -> nameStreams.contains(document.nameStream());
                case OTHER -> true;
            };
            if (keeps) {
                written[0]++;
                out.write(asDocument(document).getBytes(StandardCharsets.UTF_8));
            }
        });
        return reading instanceof Reading.Done<Integer> ? new Reading.Done<>(written[0]) : reading;
    }

    /// The first document of a file may lack its `---`.
    private static String asDocument(ModuleDocument document) {
        String text = document.text();
        return text.startsWith("---") || text.contains("\n---") ? text : "---\n" + text;
    }
}
