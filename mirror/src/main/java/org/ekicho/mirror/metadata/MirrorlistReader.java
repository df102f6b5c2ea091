package org.ekicho.mirror.metadata;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.RefusedException;

/// Reads a mirrorlist: one address of the repository in a line, `#` before a comment.
public final class MirrorlistReader {
    /// Most lines: lists have ten to some hundred.
    public static final int MAX_LINES = 10_000;

    private MirrorlistReader() {}

    /// @return addresses with a slash at the end, in order, each once; never none
    /// @throws IOException the stream's own
    public static Reading<List<String>> read(InputStream in) throws IOException {
        try {
            BoundedLines lines = new BoundedLines(in);
            Set<String> urls = new LinkedHashSet<>();
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (lines.number() > MAX_LINES) {
                    throw lines.refusal(MirrorReason.TOO_LARGE, "more than " + MAX_LINES + " lines");
                }
                String url = line.strip();
                if (MirrorUrls.isUsable(url)) {
                    urls.add(url.endsWith("/") ? url : url + "/");
                }
            }
            if (urls.isEmpty()) {
                throw new RefusedException(
                        MirrorReason.NOT_WHAT_IT_SHOULD_BE, "no line that is an address by http or https");
            }
            return new Reading.Done<>(List.copyOf(urls));
        } catch (RefusedException e) {
            return new Reading.Refused<>(e.refusal());
        }
    }
}
