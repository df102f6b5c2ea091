package org.ekicho.mirror.metadata;

import java.io.IOException;
import java.io.InputStream;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.RefusedException;

/// Reads a decompressed modules.yaml document by document: as much YAML as modulemd documents are written in by every
/// known tool (block style, flow lists of words, quoted words), and nothing that could grow: no anchor is ever
/// followed.
public final class ModulesReader {
    /// Longest document: translations of RHEL have some hundred KB.
    public static final int MAX_DOCUMENT = 8 << 20;
    /// Most documents: RHEL 8 has some thousand.
    public static final int MAX_DOCUMENTS = 100_000;

    private ModulesReader() {}

    /// Takes documents one by one.
    public interface ModuleSink {
        /// @throws IOException      of whatever it writes to
        /// @throws RefusedException ends the reading with this refusal
        void take(ModuleDocument document) throws IOException, RefusedException;
    }

    /// @return how many documents were in it
    /// @throws IOException the stream's own
    public static Reading<Integer> read(InputStream in, ModuleSink sink) throws IOException {
        try {
            return new Reading.Done<>(documents(new BoundedLines(in), sink));
        } catch (RefusedException e) {
            return new Reading.Refused<>(e.refusal());
        }
    }

    private static int documents(BoundedLines lines, ModuleSink sink) throws IOException, RefusedException {
        int count = 0;
        ModuleParser parser = new ModuleParser(lines);
        for (String line = lines.next(); line != null; line = lines.next()) {
            boolean begins = line.equals("---") || line.startsWith("--- ");
            boolean ends = line.equals("...") || line.startsWith("... ");
            if (begins && !parser.isEmpty()) {
                count = take(parser, sink, count, lines);
                parser = new ModuleParser(lines);
            }
            if (begins || ends) {
                parser.addMarker(line);
            } else {
                parser.add(line);
            }
            if (parser.length() > MAX_DOCUMENT) {
                throw lines.refusal(MirrorReason.TOO_LARGE, "a document of more than " + MAX_DOCUMENT + " letters");
            }
            if (ends) {
                count = take(parser, sink, count, lines);
                parser = new ModuleParser(lines);
            }
        }
        return take(parser, sink, count, lines);
    }

    private static int take(ModuleParser parser, ModuleSink sink, int count, BoundedLines lines)
            throws IOException, RefusedException {
        if (parser.isEmpty()) {
            return count;
        }
        if (count == MAX_DOCUMENTS) {
            throw lines.refusal(MirrorReason.TOO_LARGE, "more than " + MAX_DOCUMENTS + " documents");
        }
        sink.take(parser.document());
        return count + 1;
    }
}
