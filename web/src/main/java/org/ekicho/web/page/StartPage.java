package org.ekicho.web.page;

import java.util.List;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.RepoId;
import org.ekicho.mirror.snapshot.SnapshotId;

/// The page at `/`: what is offered, and how a client comes to use it.
///
/// @param base     address of this server without a slash at the end
/// @param channels what is served
public record StartPage(String base, List<Channel> channels) {
    public StartPage {
        channels = List.copyOf(channels);
    }

    /// A channel and the snapshots that it shows.
    public record Channel(ChannelName name, List<Repo> repos) {
        public Channel {
            repos = List.copyOf(repos);
        }
    }

    /// A repository in a channel.
    public record Repo(RepoId id, SnapshotId snapshot) {}

    /// As HTML.
    public String format() {
        StringBuilder html = new StringBuilder("<h1>Package mirror</h1>\n");
        if (channels.isEmpty()) {
            html.append("<p>Nothing is published yet: <code>ekicho mirror sync</code> on the server does that.</p>\n");
        }
        for (Channel channel : channels) {
            append(html, channel);
        }
        html.append("<h2>Use it on a client</h2>\n<p>A new <code>.repo</code> file:</p>\n<pre>curl -fsS ")
                .append(Html.text(base))
                .append("/client/latest.repo -o /etc/yum.repos.d/ekicho.repo</pre>\n")
                .append(
                        "<p>Or adopt the files that are there (<code>--undo</code> takes it back):</p>\n<pre>curl -fsS ")
                .append(Html.text(base))
                .append("/adopt.sh | sh</pre>\n")
                .append("<p><a href=\"/snapshots/\">All snapshots</a> · <a href=\"/keys/\">Keys</a></p>\n");
        return Html.page("Package mirror", html.toString());
    }

    private void append(StringBuilder html, Channel channel) {
        String name = channel.name().text();
        html.append("<h2>Channel <a href=\"/")
                .append(name)
                .append("/\">")
                .append(name)
                .append("</a> <small><a href=\"/client/")
                .append(name)
                .append(".repo\">.repo file</a></small></h2>\n<table><thead><tr><th>Repository</th>")
                .append("<th>Snapshot</th></tr></thead><tbody>\n");
        for (Repo repo : channel.repos()) {
            String id = Html.part(repo.id().text());
            String snapshot = repo.snapshot().text();
            html.append("<tr><td><a href=\"/")
                    .append(name)
                    .append('/')
                    .append(id)
                    .append("/\">")
                    .append(Html.text(repo.id().text()))
                    .append("</a><br><small><a href=\"/mirrorlist/")
                    .append(name)
                    .append('/')
                    .append(id)
                    .append("\">mirrorlist</a> · <a href=\"/metalink/")
                    .append(name)
                    .append('/')
                    .append(id)
                    .append("\">metalink</a></small></td><td><a href=\"/snapshots/")
                    .append(id)
                    .append('/')
                    .append(snapshot)
                    .append("/\">")
                    .append(snapshot)
                    .append("</a></td></tr>\n");
        }
        html.append("</tbody></table>\n");
    }
}
