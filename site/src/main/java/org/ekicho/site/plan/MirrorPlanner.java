package org.ekicho.site.plan;

import static org.ekicho.site.plan.PlanLine.Verb.CONFLICT;
import static org.ekicho.site.plan.PlanLine.Verb.FETCH;
import static org.ekicho.site.plan.PlanLine.Verb.LISTEN;
import static org.ekicho.site.plan.PlanLine.Verb.NOTICE;
import static org.ekicho.site.plan.PlanLine.Verb.STORE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.settings.RepoSettings.Check;
import org.ekicho.mirror.settings.Selection;
import org.ekicho.mirror.settings.ServeSettings;
import org.ekicho.mirror.settings.Upstream;
import org.ekicho.site.MirrorFiles;

/// The part of a plan that is about the package mirror.
final class MirrorPlanner {
    private final MirrorSettings mirror;
    private final MirrorFiles files;
    private final HostFacts.MirrorFacts host;
    private final List<PlanLine> lines = new ArrayList<>();

    MirrorPlanner(MirrorSettings mirror, MirrorFiles files, HostFacts.MirrorFacts host) {
        this.mirror = mirror;
        this.files = files;
        this.host = host;
    }

    List<PlanLine> lines() {
        mirror.serve().ifPresentOrElse(this::listens, () -> add(NOTICE, "the mirror is not served: no [mirror.serve]"));
        mirror.repos().forEach(this::fetches);
        if (mirror.repos().isEmpty()) {
            add(NOTICE, "the mirror has no repository yet; e.g. ekicho mirror add FILE|URL");
        }
        stores();
        return lines;
    }

    private void add(PlanLine.Verb verb, String text) {
        lines.add(new PlanLine(verb, text));
    }

    private void listens(ServeSettings serve) {
        serve.listen().forEach(at -> add(LISTEN, at + ": the mirror by HTTP"));
        serve.tlsListen().forEach(at -> add(LISTEN, at + ": the mirror by HTTPS"));
        Set<Integer> low = new LinkedHashSet<>();
        Stream.concat(serve.listen().stream(), serve.tlsListen().stream())
                .map(at -> Integer.parseInt(at.substring(at.lastIndexOf(':') + 1)))
                .filter(port -> port < 1024)
                .forEach(low::add);
        low.forEach(port -> add(NOTICE, "TCP port " + port + " needs root or the capability CAP_NET_BIND_SERVICE"));
        Set<String> told = new LinkedHashSet<>();
        for (HostFacts.PortUse use : host.ports()) {
            if (told.add(use.bound().port() + use.owner())) {
                add(
                        CONFLICT,
                        "TCP port " + use.bound().port() + " is held by " + use.owner() + " on "
                                + use.bound().address() + ": stop it, or choose another port");
            }
        }
    }

    private void fetches(RepoSettings repo) {
        String place = files.places().get(repo.id());
        add(
                FETCH,
                repo.id() + ": " + source(repo) + ", " + selection(repo.selection()) + ", " + checks(repo)
                        + (repo.enabled() ? "" : ", only when named")
                        + (place == null ? "" : " (" + place + ")"));
    }

    private static String source(RepoSettings repo) {
        return switch (repo.source()) {
            case RepoSettings.Source.Folder(String path) -> "own packages in " + path;
            case RepoSettings.Source.Bundles() -> "what arrives in bundles";
            case RepoSettings.Source.Remote(Upstream from) ->
                from.metalink()
                        .map(url -> "metalink " + url)
                        .or(() -> from.mirrorlist().map(url -> "mirrorlist " + url))
                        .orElseGet(() -> String.join(", ", from.baseUrls()));
        };
    }

    private static String selection(Selection selection) {
        if (selection.isAll()) {
            return "all packages";
        }
        String which = selection.versions() == Selection.Versions.NEWEST ? "newest packages" : "packages";
        String archs = selection.archs().isEmpty()
                ? ""
                : " of " + String.join(", ", selection.archs().stream().sorted().toList());
        String chosen = selection.packages().isEmpty()
                        && selection.include().isEmpty()
                        && selection.exclude().isEmpty()
                ? ""
                : " chosen by name";
        String closure = selection.closure() == Selection.Closure.DEPENDENCIES ? " with what they require" : "";
        return which + archs + chosen + closure;
    }

    private static String checks(RepoSettings repo) {
        boolean packages = repo.checks().contains(Check.PACKAGES);
        boolean metadata = repo.checks().contains(Check.METADATA);
        return packages && metadata
                ? "both signed"
                : packages ? "packages signed" : metadata ? "metadata signed" : "no signature asked for";
    }

    private void stores() {
        String rate = mirror.bandwidth().isPresent()
                ? String.format(
                        Locale.ROOT, ", at most %.1f MiB/s", mirror.bandwidth().getAsLong() / 1048576.0)
                : "";
        add(
                STORE,
                "in " + mirror.folder() + ", "
                        + mirror.syncEvery()
                                .map(every -> "synced every " + words(every))
                                .orElse("synced when told")
                        + ", " + mirror.parallel() + " downloads at once" + rate + "; replaced files stay "
                        + words(mirror.grace()) + ", " + mirror.keep() + " snapshots are kept");
        switch (host.folder()) {
            case WRITABLE -> {}
            case ABSENT -> add(NOTICE, mirror.folder() + " is not there yet and will be made");
            case NOT_WRITABLE ->
                add(CONFLICT, mirror.folder() + " cannot be written: give it to the user that runs ekicho");
            case NO_FOLDER -> add(CONFLICT, mirror.folder() + " is no folder: name another in [mirror]");
        }
    }

    private static String words(Duration span) {
        return span.toSeconds() % 86_400 == 0
                ? span.toDays() + " d"
                : span.toSeconds() % 3600 == 0 ? span.toHours() + " h" : span.toSeconds() + " s";
    }
}
