package org.ekicho.mirror.settings;

import java.util.Set;

/// The name of a channel: `latest`, `test`, `prod` or the site's own. Lower-case letters, digits and dashes, a letter
/// first. It is the first part of an address, so that the names of our own pages are not free.
public record ChannelName(String text) implements Comparable<ChannelName> {
    /// Names that are the first part of an address already.
    public static final Set<String> RESERVED =
            Set.of("snapshots", "mirrorlist", "metalink", "keys", "client", "adopt", "api", "boot", "console");

    /// Long enough for any word, short enough for a column.
    public static final int MAX_LENGTH = 40;

    /// Where a sync publishes to unless told otherwise. (Made after the two above, which it is checked by.)
    public static final ChannelName LATEST = new ChannelName("latest");

    public ChannelName {
        if (!isValid(text)) {
            throw new IllegalArgumentException("no name of a channel: \"" + text + "\"");
        }
    }

    /// Whether this text is a channel's name.
    public static boolean isValid(String text) {
        return text.length() <= MAX_LENGTH && text.matches("[a-z][a-z0-9-]*") && !RESERVED.contains(text);
    }

    @Override
    public int compareTo(ChannelName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
