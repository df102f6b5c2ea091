package org.ekicho.site.repofile;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.site.adopt.StreamPaths;

/// The path under which clients knew a repository before they had a mirror of their own: `centos/7/os/x86_64` of
/// `#baseurl=http://mirror.centos.org/centos/$releasever/os/$basearch/`. `adopt` writes the same path behind our host.
final class OldPath {
    private static final Pattern ADDRESS = Pattern.compile("(?:https?|ftp)://[^/]+/+(.*?)/*");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]*(/[A-Za-z0-9][A-Za-z0-9._+-]*)*");

    private OldPath() {}

    /// Empty where the file tells none, or one that is an address of something else here.
    static Optional<String> of(RepoSection section, Variables variables) {
        Variables.Expanded address = variables.expand(address(section));
        Matcher parts = ADDRESS.matcher(address.text());
        if (!address.unknown().isEmpty() || !parts.matches()) {
            return Optional.empty();
        }
        String path = parts.group(1);
        String first = path.replaceFirst("/.*", "");
        boolean taken = ChannelName.RESERVED.contains(first) || first.equals(ChannelName.LATEST.text());
        return PLAIN.matcher(path).matches() && !taken ? Optional.of(path) : Optional.empty();
    }

    /// The address in use, the one commented out, or the one that CentOS gives the metalink's name.
    private static String address(RepoSection section) {
        Optional<RepoValue> used =
                section.value("baseurl").filter(v -> !v.items().isEmpty());
        if (used.isPresent()) {
            return used.get().items().getFirst();
        }
        String commented = section.commented().getOrDefault("baseurl", "");
        return commented.isBlank()
                ? section.value("metalink")
                        .or(() -> section.value("mirrorlist"))
                        .map(list -> StreamPaths.address(list.text()))
                        .orElse("")
                : commented.strip().replaceFirst("[\\s,].*", "");
    }
}
