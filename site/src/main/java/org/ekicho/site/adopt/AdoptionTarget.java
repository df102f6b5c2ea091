package org.ekicho.site.adopt;

import java.util.Optional;
import java.util.regex.Pattern;
import org.ekicho.mirror.settings.ChannelName;

/// Where adopted repositories come from.
///
/// @param base    scheme, host and, where it is served below one, path of the mirror, without a slash at the end
/// @param channel its channel; empty: the path that the file's own address has, on our host
public record AdoptionTarget(String base, Optional<ChannelName> channel) {
    private static final Pattern HOST =
            Pattern.compile("(https?://)?([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?");
    private static final Pattern ORIGIN = Pattern.compile("^[a-z]+://[^/]*");

    public AdoptionTarget {
        if (!base.startsWith("http") || !HOST.matcher(base).matches() || base.endsWith("/")) {
            throw new IllegalArgumentException("no address of a host: " + base);
        }
    }

    /// The target at `mirror.lan`, `mirror.lan:8080`, `https://mirror.lan` or `mirror.lan/packages`; empty when that is
    /// no host.
    public static Optional<AdoptionTarget> of(String host, Optional<ChannelName> channel) {
        if (!HOST.matcher(host).matches()) {
            return Optional.empty();
        }
        String bare = host.endsWith("/") ? host.substring(0, host.length() - 1) : host;
        return Optional.of(new AdoptionTarget(bare.startsWith("http") ? bare : "http://" + bare, channel));
    }

    /// The address in the channel, or the same path on our host.
    ///
    /// @param id  of the repository
    /// @param url its address until now
    String address(String id, String url) {
        if (channel.isPresent()) {
            return base + "/" + channel.get() + "/" + id + "/";
        }
        if (url.startsWith(base + "/")) {
            return url;
        }
        String path = ORIGIN.matcher(url).replaceFirst("");
        return base + (path.isEmpty() ? "/" : path);
    }
}
