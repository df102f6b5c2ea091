package org.ekicho.daemon.boot;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.netboot.answer.AnswerFacts;
import org.ekicho.netboot.policy.InstallOrder;
import org.ekicho.netboot.policy.Machine;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.ntp.settings.BroadcastSettings;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.site.SiteSettings;
import org.ekicho.site.ntpkeys.KeyDialect;
import org.ekicho.site.ntpkeys.KeyFileWriter;

/// What templates of answer files may ask for: the site, the machine, its order, our repositories, our time.
public final class SiteFacts {
    /// What stands in place of a secret that is not to be seen.
    public static final String HIDDEN = "********";

    private final SiteSettings site;
    private final Secrets secrets;

    /// Whether secrets are filled in.
    public enum Secrets {
        /// For the machine itself, by its one-time address.
        TOLD,
        /// For the screen.
        HIDDEN
    }

    /// For the machines themselves.
    public SiteFacts(SiteSettings site) {
        this(site, Secrets.TOLD);
    }

    public SiteFacts(SiteSettings site, Secrets secrets) {
        this.site = site;
        this.secrets = secrets;
    }

    /// @param server  our address as the machine reaches it, for time and boot files: `192.168.55.1`
    /// @param base    URL of the boot files: `http://192.168.55.1:8069`
    /// @param source  URL of the tree
    /// @param tree    what is installed
    /// @param machine when somebody named it
    public AnswerFacts facts(
            String server,
            String base,
            String source,
            InstallTree tree,
            InstallOrder order,
            Optional<Machine> machine) {
        Map<String, String> values = new HashMap<>();
        values.put("site.name", site.name());
        values.put("site.server", server);
        values.put("site.url", base);
        values.put("tree.name", tree.name());
        values.put("tree.title", tree.title());
        URI url = URI.create(source);
        values.put("tree.url", source);
        values.put("tree.host", url.getRawAuthority());
        values.put("tree.path", url.getRawPath());
        values.put("machine.mac", order.mac().toString());
        values.put(
                "machine.name",
                machine.map(Machine::name).orElse("host-" + order.mac().withDashes()));
        machine.ifPresent(m -> m.tags().forEach(tag -> values.put("machine.tag." + tag, "true")));
        values.put("order.id", order.id());
        values.put("order.profile", order.profile());
        values.put("report.url", base + BootDesk.REPORT + order.id());
        values.put("time.server", server);
        List<SymmetricKey> keys = keys();
        stream().ifPresent(stream -> values.put("time.group", stream.address().toString()));
        values.put("time.keyed", String.valueOf(!keys.isEmpty()));
        keys.stream().findFirst().ifPresent(key -> {
            values.put("time.key", key.idText());
            values.put("time.ntp", line(key, KeyDialect.NTPD));
            values.put("time.chrony", line(key, KeyDialect.CHRONY));
        });
        values.put("mirror.url", site.mirror().flatMap(MirrorSettings::url).orElse("http://" + server));
        values.put("mirror.present", String.valueOf(site.mirror().isPresent()));
        return new AnswerFacts(
                values,
                Map.of(
                        "repos",
                        repos(values.get("mirror.url")),
                        "keys",
                        keys.stream().map(this::key).toList()));
    }

    /// The stream of time that machines follow: the first one that is signed, else the first.
    private Optional<BroadcastSettings> stream() {
        List<BroadcastSettings> streams =
                site.time().map(TimeSettings::broadcasts).orElse(List.of());
        return streams.stream()
                .filter(stream -> stream.keyId() != 0)
                .findFirst()
                .or(() -> streams.stream().findFirst());
    }

    /// The keys that our streams are signed with, and no other: what a machine needs to believe us.
    private List<SymmetricKey> keys() {
        if (site.time().isEmpty()) return List.of();
        TimeSettings time = site.time().get();
        return time.broadcasts().stream()
                .map(BroadcastSettings::keyId)
                .distinct()
                .map(time.keys()::find)
                .flatMap(Optional::stream)
                .toList();
    }

    /// The line of a key in the two dialects of key files.
    private Map<String, String> key(SymmetricKey key) {
        return Map.of(
                "id", key.idText(),
                "type", key.type().toString(),
                "ntp", line(key, KeyDialect.NTPD),
                "chrony", line(key, KeyDialect.CHRONY));
    }

    private String line(SymmetricKey key, KeyDialect dialect) {
        if (secrets == Secrets.HIDDEN) return key.idText() + " " + key.type() + " " + HIDDEN;
        return KeyFileWriter.write(List.of(key), dialect)
                .text()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .findFirst()
                .orElse("");
    }

    private List<Map<String, String>> repos(String url) {
        List<Map<String, String>> repos = new ArrayList<>();
        for (RepoSettings repo : site.mirror().map(MirrorSettings::repos).orElse(List.of())) {
            repos.add(Map.of("id", repo.id().toString(), "url", url + "/latest/" + repo.id()));
        }
        return repos;
    }
}
