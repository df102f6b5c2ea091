package org.ekicho.web.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CachingTest {
    private static final String UNIQUE = "3f2a".repeat(16) + "-primary.xml.zst";

    @Test
    void everything_below_a_snapshot_may_be_kept_for_ever() {
        String snapshot = "/snapshots/base/20261101T000000Z-00000001";
        for (String file : new String[] {"/repodata/repomd.xml", "/repodata/repomd.xml.asc", "/.treeinfo", "/p.rpm"}) {
            assertThat(Caching.of(snapshot + file)).as(file).isEqualTo(Caching.IMMUTABLE);
        }
    }

    @Test
    void through_a_channel_only_what_is_named_by_its_checksum_may_be_kept() {
        assertThat(Caching.of("/latest/base/repodata/" + UNIQUE)).isEqualTo(Caching.IMMUTABLE);
        for (String file : new String[] {
            "repodata/repomd.xml",
            "repodata/repomd.xml.asc",
            ".treeinfo",
            "Packages/p-1-1.noarch.rpm",
            "repodata/comps.xml"
        }) {
            assertThat(Caching.of("/latest/base/" + file)).as(file).isEqualTo(Caching.ASK);
        }
        assertThat(Caching.of("/keys/RPM-GPG-KEY-x")).isEqualTo(Caching.ASK);
    }
}
