package org.ekicho.site.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.site.Golden;
import org.junit.jupiter.api.Test;

class AdoptionTest {
    static final AdoptionTarget SAME_PATH =
            AdoptionTarget.of("mirror.lan", Optional.empty()).orElseThrow();
    static final AdoptionTarget PROD = AdoptionTarget.of(
                    "https://mirror.lan:8443", Optional.of(new ChannelName("prod")))
            .orElseThrow();

    private static String adopted(String text) {
        Adoption adoption = Adoption.adopt(text, SAME_PATH);
        assertThat(adoption.refused()).isEmpty();
        assertThat(Adoption.adopt(adoption.text(), SAME_PATH).text()).isEqualTo(adoption.text());
        return adoption.text();
    }

    @Test
    void the_files_of_distributions_are_adopted_as_judged_right() {
        for (String name : List.of("centos5-base", "centos7-base", "stream9-centos", "fedora")) {
            String text = Golden.file("repofile/" + name + ".repo").latin1();
            for (AdoptionTarget target : List.of(SAME_PATH, PROD)) {
                Golden.check(
                        "adopt/" + name + (target.equals(PROD) ? "-prod" : "") + ".diff",
                        UnifiedDiff.render(
                                "before",
                                "after",
                                text,
                                Adoption.adopt(text, target).text()));
            }
        }
    }

    @Test
    void a_mirrorlist_becomes_a_comment_and_the_commented_baseurl_comes_back_with_our_host() {
        assertThat(
                        adopted(
                                "[base]\nmirrorlist=http://l/?r=os\n#baseurl=http://m.org/centos/$releasever/os/\ngpgcheck=1\n"))
                .isEqualTo(
                        "[base]\n#mirrorlist=http://l/?r=os\nbaseurl=http://mirror.lan/centos/$releasever/os/\ngpgcheck=1\n");
    }

    @Test
    void a_section_that_the_mirror_does_not_carry_stays_as_it_is() {
        String foreign = "[epel]\nmetalink=http://l/\n#baseurl=http://m/epel/$basearch/\n";
        Adoption adoption =
                Adoption.adopt(foreign + "[base]\nbaseurl=http://m/os/\n", SAME_PATH, "http://mirror.lan/os/"::equals);
        assertThat(adoption.text())
                .isEqualTo(foreign + "[base]\n#baseurl=http://m/os/\nbaseurl=http://mirror.lan/os/\n");
        assertThat(adoption.adopted()).containsExactly("base");
        assertThat(adoption.foreign()).containsExactly("epel");
        assertThat(adoption.lists()).isZero();
    }

    @Test
    void a_foreign_baseurl_stays_as_a_comment_with_all_its_lines() {
        assertThat(adopted("[a]\nbaseurl = http://one/x/\n   http://two/x/\n# c\n\n\thttp://three/\nenabled=1\n"))
                .isEqualTo("""
                        [a]
                        #baseurl = http://one/x/
                        #   http://two/x/
                        # c

                        #\thttp://three/
                        baseurl=http://mirror.lan/x/
                        enabled=1
                        """);
    }

    @Test
    void line_ends_and_a_missing_last_newline_stay_as_they_are() {
        assertThat(adopted("[a]\r\nmirrorlist=http://l/\r\n#baseurl=http://m/p/\r\n"))
                .isEqualTo("[a]\r\n#mirrorlist=http://l/\r\nbaseurl=http://mirror.lan/p/\r\n");
        assertThat(adopted("[a]\nbaseurl=http://m/p/"))
                .isEqualTo("[a]\n#baseurl=http://m/p/\nbaseurl=http://mirror.lan/p/");
    }

    @Test
    void each_of_two_sections_of_one_id_is_adopted() {
        assertThat(adopted("[a]\nbaseurl=http://m/1/\n[b]\nname=b\n[a]\nmirrorlist=http://l/\n#baseurl=http://m/2/\n"))
                .isEqualTo("""
                        [a]
                        #baseurl=http://m/1/
                        baseurl=http://mirror.lan/1/
                        [b]
                        name=b
                        [a]
                        #mirrorlist=http://l/
                        baseurl=http://mirror.lan/2/
                        """);
    }

    @Test
    void discs_and_sections_without_a_source_are_left_alone() {
        String text =
                "[media]\nbaseurl=file:///media/CentOS/\n      file:///media/cdrom/\n[c]\n#baseurl=http://m/\nname=c\n";
        assertThat(adopted(text)).isEqualTo(text);
    }

    @Test
    void a_comment_amid_the_lines_of_another_value_stays_a_comment() {
        assertThat(adopted("[a]\nmirrorlist=http://l/\ngpgkey=file:///a\n#baseurl=http://m/p/\n  file:///b\n"))
                .isEqualTo("""
                        [a]
                        #mirrorlist=http://l/
                        baseurl=http://mirror.lan/p/
                        gpgkey=file:///a
                        #baseurl=http://m/p/
                          file:///b
                        """);
    }

    @Test
    void an_unknown_place_is_refused_unless_a_channel_is_named_or_the_section_is_off() {
        String on = "[x]\nmetalink=https://m/metalink?repo=other\n";
        assertThat(Adoption.adopt(on, SAME_PATH).refused()).containsExactly("x");
        assertThat(Adoption.adopt(on, SAME_PATH).text()).isEqualTo(on);
        assertThat(Adoption.adopt(on, PROD).text())
                .isEqualTo("[x]\n#metalink=https://m/metalink?repo=other\nbaseurl=https://mirror.lan:8443/prod/x/\n");
        Adoption off = Adoption.adopt(on + "enabled = 0\n", SAME_PATH);
        assertThat(off.leftOff()).containsExactly("x");
        assertThat(off.refused()).isEmpty();
    }

    @Test
    void another_host_or_channel_replaces_ours() {
        String first = adopted("[a]\nmirrorlist=http://l/\n#baseurl=http://m/p/\n");
        Adoption other = Adoption.adopt(first, PROD);
        assertThat(other.text()).contains("\n#baseurl=http://mirror.lan/p/\nbaseurl=https://mirror.lan:8443/prod/a/\n");
        assertThat(other.lists()).isZero();
    }

    @Test
    void dnf_5_gets_an_override_file() {
        assertThat(Adoption.override("[a]\nmetalink=http://l/\n#baseurl=http://m/p/\n[b]\nname=b\n", SAME_PATH))
                .isEqualTo("[a]\nbaseurl=http://mirror.lan/p/\nmirrorlist=\nmetalink=\n");
    }

    @Test
    void a_mirror_below_a_path_is_adopted_once() {
        AdoptionTarget below = AdoptionTarget.of("http://mirror.lan/packages/", Optional.empty())
                .orElseThrow();
        assertThat(AdoptScript.render(below)).contains("\nbase='http://mirror.lan/packages'\n");
        String once = Adoption.adopt("[a]\nmirrorlist=http://l/\n#baseurl=http://m/centos/os/\n", below)
                .text();
        assertThat(once).contains("\nbaseurl=http://mirror.lan/packages/centos/os/\n");
        assertThat(Adoption.adopt(once, below).text()).isEqualTo(once);
    }

    @Test
    void only_a_host_is_a_target() {
        for (String no : List.of(
                "",
                "a b",
                "http://",
                "mirror.lan/a b",
                "mirror.lan//x",
                "mirror.lan/$(x)",
                "ftp://x",
                "x'y",
                "$(x)",
                "mirror.lan:port")) {
            assertThat(AdoptionTarget.of(no, Optional.empty())).as(no).isEmpty();
        }
        assertThat(AdoptionTarget.of("[fd00::1]:8080", Optional.empty())
                        .orElseThrow()
                        .base())
                .isEqualTo("http://[fd00::1]:8080");
    }
}
