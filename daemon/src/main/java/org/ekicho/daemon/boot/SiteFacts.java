package org.ekicho.daemon.boot;

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
import org.ekicho.site.SiteSettings;

/// What templates of answer files may ask for: the site, the machine, its order, our repositories, our time.
public final class SiteFacts {
    private final SiteSettings site;

    public SiteFacts(SiteSettings site) {
        this.site = site;
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
        values.put("tree.url", source);
        values.put("machine.mac", order.mac().toString());
        values.put(
                "machine.name",
                machine.map(Machine::name).orElse("host-" + order.mac().withDashes()));
        machine.ifPresent(m -> m.tags().forEach(tag -> values.put("machine.tag." + tag, "true")));
        values.put("order.id", order.id());
        values.put("order.profile", order.profile());
        values.put("report.url", base + BootDesk.REPORT + order.id());
        values.put("time.server", server);
        values.put("mirror.url", site.mirror().flatMap(MirrorSettings::url).orElse("http://" + server));
        values.put("mirror.present", String.valueOf(site.mirror().isPresent()));
        return new AnswerFacts(values, Map.of("repos", repos(values.get("mirror.url"))));
    }

    private List<Map<String, String>> repos(String url) {
        List<Map<String, String>> repos = new ArrayList<>();
        for (RepoSettings repo : site.mirror().map(MirrorSettings::repos).orElse(List.of())) {
            repos.add(Map.of("id", repo.id().toString(), "url", url + "/latest/" + repo.id()));
        }
        return repos;
    }
}
