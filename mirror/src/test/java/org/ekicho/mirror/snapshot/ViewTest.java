package org.ekicho.mirror.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.ekicho.mirror.settings.RepoId;
import org.junit.jupiter.api.Test;

class ViewTest {
    private static Snapshot snapshot(String... pathsAndContents) {
        List<SnapshotFile> files = new ArrayList<>();
        for (String each : pathsAndContents) {
            String path = each.substring(0, each.indexOf('='));
            SnapshotFile.Kind kind = path.endsWith("repomd.xml") || path.endsWith(".asc")
                    ? SnapshotFile.Kind.ROOT
                    : path.endsWith("treeinfo") ? SnapshotFile.Kind.TREE : SnapshotFile.Kind.PACKAGE;
            files.add(
                    new SnapshotFile(path, each.substring(each.indexOf('=') + 1).repeat(64), 1, 1, kind));
        }
        return new Snapshot(new RepoId("base"), new SnapshotId("20261127T101500Z-3f2a9c01"), "", "", files);
    }

    @Test
    void old_packages_stand_beside_and_the_current_one_wins() {
        View view = View.of(
                snapshot("a.rpm=1", "b.rpm=2", "repodata/repomd.xml=3"),
                List.of(
                        snapshot("b.rpm=4", "c.rpm=5", "repodata/repomd.xml=6"),
                        snapshot("c.rpm=7", "d.rpm=8", "repodata/repomd.xml=9")));
        assertThat(view.beside())
                .extracting(SnapshotFile::path, SnapshotFile::sha256)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("c.rpm", "5".repeat(64)),
                        org.assertj.core.groups.Tuple.tuple("d.rpm", "8".repeat(64)));
        assertThat(view.conflicts()).containsExactly("b.rpm", "c.rpm");
    }

    @Test
    void an_old_signature_or_treeinfo_never_stands_beside_a_new_repomd() {
        View view = View.of(
                snapshot("repodata/repomd.xml=1"),
                List.of(snapshot(".treeinfo=4", "repodata/repomd.xml=2", "repodata/repomd.xml.asc=3")));
        assertThat(view.isPlain()).isTrue();
        assertThat(view.conflicts()).isEmpty();
    }

    @Test
    void a_file_and_a_folder_of_one_name_are_no_problem() {
        View view = View.of(snapshot("p/a.rpm=1", "q=2"), List.of(snapshot("p=3", "q/b.rpm=4")));
        assertThat(view.isPlain()).isTrue();
        assertThat(view.conflicts()).containsExactly("p", "q/b.rpm");
    }
}
