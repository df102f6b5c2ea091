package org.ekicho.mirror.location;

import static org.assertj.core.api.Assertions.assertThat;

import org.ekicho.mirror.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocationsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Packages/a/acl-2.3.1-4.el9.x86_64.rpm",
                "libstdc++-11.rpm",
                "libstdc%2B%2B-11.rpm",
                "a~b^c-1:2.rpm",
                "with blank.rpm",
                "Packages/é.rpm",
                "100%.rpm",
                "a..b/..c/d..rpm",
                "repodata-old/x.rpm",
                "%E9.rpm",
            })
    void follows_a_plain_path(String href) {
        assertThat(Locations.check(href)).isEqualTo(new Reading.Done<>(new CheckedPath(href)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "./",
                "..",
                "../x.rpm",
                "a/../../x.rpm",
                "a/..",
                "%2e%2e/x.rpm",
                "%2E./x.rpm",
                "..%2fx.rpm",
                "%252e%252e%252fx.rpm",
                "/etc/passwd",
                "%2fetc/passwd",
                "//host/x.rpm",
                "http://host/x.rpm",
                "FILE:/etc/passwd",
                "http%3a//host/x.rpm",
                "a//b.rpm",
                "a/",
                "a\\b.rpm",
                "a%5cb.rpm",
                "a\0b.rpm",
                "a%00b.rpm",
                "a\nb.rpm",
                "a%0ab.rpm",
                "a\u007f.rpm",
                "a\u202emrp.exe",
                "a%E2%80%AEmrp.exe",
                "a\u200b.rpm",
                "repodata/repomd.xml",
                "repodata/x.rpm",
                "RepoData/x.rpm",
                "repodata%2frepomd.xml",
                "%72epodata/x.rpm",
                "./repodata/x.rpm",
                ".repodata/x.rpm",
                ".treeinfo",
                "\ud800.rpm",
            })
    void refuses_every_other(String href) {
        assertThat(Locations.check(href)).isInstanceOf(Reading.Refused.class);
    }

    @Test
    void refuses_what_no_file_system_can_hold() {
        assertThat(Locations.check("a".repeat(255))).isInstanceOf(Reading.Done.class);
        assertThat(Locations.check("a".repeat(256))).isInstanceOf(Reading.Refused.class);
        assertThat(Locations.check("é".repeat(128))).isInstanceOf(Reading.Refused.class);
        assertThat(Locations.check("aaaaaaa/".repeat(512) + "a")).isInstanceOf(Reading.Refused.class);
    }

    @Test
    void metadata_lies_in_repodata_but_not_at_its_root() {
        assertThat(Locations.check("repodata/x-primary.xml.gz", Locations.Use.METADATA))
                .isInstanceOf(Reading.Done.class);
        assertThat(Locations.check("repodata/repomd.xml", Locations.Use.METADATA))
                .isInstanceOf(Reading.Refused.class);
        assertThat(Locations.check("repodata/REPOMD.xml.asc", Locations.Use.METADATA))
                .isInstanceOf(Reading.Refused.class);
    }

    @Test
    void an_address_is_encoded_once() {
        assertThat(new CheckedPath("a b/c++-1:2~3^4%41%.rpm").toUrlPath())
                .isEqualTo("a%20b/c%2B%2B-1:2~3%5E4%41%25.rpm");
        assertThat(new CheckedPath("é?#.rpm").toUrlPath()).isEqualTo("%C3%A9%3F%23.rpm");
    }
}
