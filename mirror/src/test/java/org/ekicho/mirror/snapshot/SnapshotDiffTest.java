package org.ekicho.mirror.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ekicho.mirror.settings.RepoId;
import org.junit.jupiter.api.Test;

class SnapshotDiffTest {
    private static Snapshot snapshot(String... files) {
        List<SnapshotFile> all = new ArrayList<>();
        for (String each : files) {
            String content = each.contains("=") ? each.substring(each.indexOf('=') + 1) : "0";
            all.add(new SnapshotFile(
                    "Packages/" + each.split("=", -1)[0] + ".rpm",
                    content.repeat(64),
                    1,
                    1,
                    SnapshotFile.Kind.PACKAGE));
        }
        return new Snapshot(new RepoId("base"), new SnapshotId("20261127T101500Z-3f2a9c01"), "", "", all);
    }

    @Test
    void says_what_came_went_rose_fell_and_was_altered() {
        SnapshotDiff diff = SnapshotDiff.between(
                snapshot(
                        "a-1-1.noarch",
                        "b-1.9-1.x86_64",
                        "c-3-1.x86_64",
                        "d-1-1.x86_64=1",
                        "gone-1-1.src",
                        "k-1-1.x86_64"),
                snapshot(
                        "a-1-1.noarch",
                        "b-1.10-1.x86_64",
                        "c-2-9.x86_64",
                        "d-1-1.x86_64=2",
                        "new-lib-1-1.src",
                        "k-1-1.x86_64",
                        "k-0.9-1.x86_64"),
                Set.of("A-1"),
                Set.of("A-1", "A-2"));
        assertThat(diff.added()).extracting(PackageName::name).containsExactly("new-lib");
        assertThat(diff.removed()).extracting(PackageName::toString).containsExactly("gone-1-1.src");
        assertThat(diff.upgraded())
                .extracting(move -> move.to().versionRelease())
                .containsExactly("1.10-1");
        assertThat(diff.downgraded())
                .extracting(move -> move.from().versionRelease())
                .containsExactly("3-1");
        assertThat(diff.builds()).extracting(build -> build.name().version()).containsExactly("0.9");
        assertThat(diff.altered()).extracting(PackageName::name).containsExactly("d");
        assertThat(diff.advisories()).containsExactly("A-2");
        assertThat(SnapshotDiff.between(snapshot("a-1-1.noarch"), snapshot("a-1-1.noarch"), Set.of(), Set.of())
                        .isEmpty())
                .isTrue();
    }
}
