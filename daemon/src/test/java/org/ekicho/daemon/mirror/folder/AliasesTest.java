package org.ekicho.daemon.mirror.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ekicho.daemon.mirror.folder.Contents.BASE;
import static org.ekicho.daemon.mirror.folder.Contents.NOON;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.mirror.settings.ClientGeneration;
import org.ekicho.mirror.settings.RepoSettings;
import org.ekicho.mirror.settings.Selection;
import org.ekicho.mirror.snapshot.Snapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AliasesTest {
    @TempDir
    private Path root;

    private static RepoSettings repo(String... aliases) {
        return new RepoSettings(
                BASE,
                "Base",
                new RepoSettings.Source.Bundles(),
                true,
                Set.of(),
                List.of(),
                Selection.ALL,
                ClientGeneration.EL7,
                Optional.empty(),
                List.of(aliases));
    }

    @Test
    void old_addresses_lead_to_the_latest_and_go_when_they_are_not_wanted() throws IOException {
        MirrorFolder folder = MirrorFolder.open(root);
        Snapshot made = Contents.publish(folder, BASE, NOON, "a.rpm");
        folder.channels().point(ChannelName.LATEST, Map.of(BASE, made.id()), NOON, "sync");
        assertThat(folder.aliases().apply(List.of(repo("/centos/7/os/x86_64/", "old"))))
                .isEmpty();
        assertThat(root.resolve("www/centos/7/os/x86_64/a.rpm")).hasContent("content of a.rpm");
        assertThat(root.resolve("www/old/a.rpm")).hasContent("content of a.rpm");
        assertThat(folder.aliases().apply(List.of(repo("old")))).isEmpty();
        assertThat(root.resolve("www/centos")).doesNotExist();
        assertThat(root.resolve("www/old/a.rpm")).exists();
        assertThat(root.resolve("www/latest/base/a.rpm")).exists();
    }

    @Test
    void an_address_that_is_taken_or_leads_out_is_refused_with_a_sentence() throws IOException {
        MirrorFolder folder = MirrorFolder.open(root);
        Snapshot made = Contents.publish(folder, BASE, NOON, "a.rpm");
        folder.channels().point(ChannelName.LATEST, Map.of(BASE, made.id()), NOON, "sync");
        assertThat(folder.aliases().apply(List.of(repo("latest/x", "snapshots", "a/../b", "fine"))))
                .hasSize(3)
                .allMatch(problem -> problem.contains("of base cannot be: "));
        assertThat(root.resolve("www/fine/a.rpm")).exists();
    }

    @Test
    void an_alias_below_another_would_lie_in_a_snapshot_and_is_refused() throws IOException {
        MirrorFolder folder = MirrorFolder.open(root);
        Snapshot made = Contents.publish(folder, BASE, NOON, "a.rpm");
        folder.channels().point(ChannelName.LATEST, Map.of(BASE, made.id()), NOON, "sync");
        assertThat(folder.aliases().apply(List.of(repo("far", "far/more/below", "farther"))))
                .containsExactly("the alias \"far/more/below\" cannot be: it lies below the alias \"far\"");
        assertThat(root.resolve("www/farther/a.rpm")).exists();
        assertThat(root.resolve("snapshots/base/" + made.id() + "/more")).doesNotExist();
    }

    @Test
    void after_a_start_of_the_machine_contents_that_nothing_shows_are_read_again() throws IOException {
        MirrorFolder folder = MirrorFolder.open(root);
        String good = Contents.file(folder, BASE, "a.rpm", "whole").sha256();
        String torn =
                Contents.file(folder, BASE, "b.rpm", "lost by a power cut").sha256();
        Files.delete(folder.store().path(torn));
        Files.createFile(folder.store().path(torn));
        Files.writeString(root.resolve("store/boot"), "another start");
        MirrorFolder.open(root);
        assertThat(folder.store().has(good)).isTrue();
        assertThat(folder.store().has(torn)).isFalse();
    }
}
