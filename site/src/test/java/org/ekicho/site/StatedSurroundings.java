package org.ekicho.site;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.ekicho.wire.IpAddress;

/// Files and names as a test states them.
public final class StatedSurroundings implements Surroundings {
    private final Map<String, NamedFile> files = new HashMap<>();
    private final Map<String, List<IpAddress>> names = new HashMap<>();

    public StatedSurroundings file(String path, String text) {
        return file(path, text, 0640);
    }

    public StatedSurroundings file(String path, String text, int mode) {
        files.put(path, new NamedFile.Found(text, mode));
        return this;
    }

    public StatedSurroundings name(String name, String... addresses) {
        names.put(name, List.of(addresses).stream().map(IpAddress::literal).toList());
        return this;
    }

    @Override
    public NamedFile file(String path) {
        return files.getOrDefault(path, new NamedFile.Unreadable("no such file"));
    }

    @Override
    public List<String> files(String pattern) {
        Pattern expression = Pattern.compile(
                Pattern.quote(pattern).replace("*", "\\E[^/]*\\Q").replace("?", "\\E[^/]\\Q"));
        return Surroundings.isPattern(pattern)
                ? files.keySet().stream()
                        .filter(f -> expression.matcher(f).matches())
                        .sorted()
                        .toList()
                : List.of(pattern);
    }

    @Override
    public List<IpAddress> addresses(String name) {
        return names.getOrDefault(name, List.of());
    }
}
