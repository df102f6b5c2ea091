package org.ekicho.mirror.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AgentTest {
    @Test
    void reads_what_package_managers_say_of_themselves() {
        assertThat(Agent.parse("libdnf (Debian GNU/Linux 12; generic; Linux.x86_64)"))
                .isEqualTo(new Agent("libdnf", "Debian GNU/Linux 12", "x86_64"));
        assertThat(Agent.parse("libdnf (Fedora Linux 41; workstation; Linux.aarch64)"))
                .isEqualTo(new Agent("libdnf", "Fedora Linux 41", "aarch64"));
        assertThat(Agent.parse("urlgrabber/3.10 yum/3.4.3")).isEqualTo(new Agent("yum/3.4.3", "", ""));
        assertThat(Agent.parse("librepo/1.14.5")).isEqualTo(new Agent("librepo/1.14.5", "", ""));
        assertThat(Agent.parse("curl/7.88.1")).isEqualTo(new Agent("curl/7.88.1", "", ""));
        assertThat(Agent.parse("dnf/2.7.5")).isEqualTo(new Agent("dnf/2.7.5", "", ""));
        assertThat(Agent.parse("anaconda (anaconda; installer; 34.25)").tool()).isEqualTo("anaconda");
        assertThat(Agent.parse("ZYpp 17.31.2 (curl 8.0.1) openSUSE-Leap-15.5-x86_64"))
                .isEqualTo(new Agent("ZYpp 17.31.2", "openSUSE-Leap-15.5", "x86_64"));
        assertThat(Agent.parse("Mozilla/5.0 (X11; Linux x86_64)").tool()).isEqualTo("Mozilla/5.0");
    }

    @Test
    void nothing_unprintable_or_endless_gets_through() {
        Agent agent = Agent.parse("libdnf (\u001b[31mred" + "x".repeat(500) + "; a; Linux.\u0000)");
        assertThat(agent.os()).startsWith("?[31mred").hasSize(60);
        assertThat(agent.arch()).isEqualTo("?");
        assertThat(Agent.parse("")).isEqualTo(new Agent("", "", ""));
    }
}
