package org.ekicho.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MulticastCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String[] args) {
        return Cli.run(new Screen(new PrintWriter(out), new PrintWriter(err), Screen.Colours.OFF), args);
    }

    private int run(String line) {
        return run(line.split(" ", -1));
    }

    @Test
    void what_is_sent_by_lo_is_heard_on_lo() throws Exception {
        Thread sending = Thread.ofPlatform()
                .start(() -> run("multicast send 239.20.1.24 -i lo -p 20125 --count 40 --interval 50"));
        int code = run("multicast listen 239.20.1.24 -i lo -p 20125 --count 3 --for 20");
        sending.join();
        assertThat(code).isEqualTo(Exit.GOOD);
        assertThat(out.toString())
                .contains("listening to 239.20.1.24 port 20125 on lo for 20 s")
                .contains(" from 127.0.0.1 (its lo): 3 came, 0 lost");
    }

    @Test
    void silence_is_an_answer_with_advice() {
        assertThat(run("multicast listen 239.20.1.25 -i lo -p 20126 --for 1")).isEqualTo(Exit.NOT_GOOD);
        assertThat(out.toString()).contains("nothing came", "ekicho doctor multicast 239.20.1.25");
    }

    @Test
    void wrong_groups_and_interfaces_are_explained() {
        assertThat(run("doctor multicast 192.168.1.1")).isEqualTo(Exit.USAGE);
        assertThat(err.toString()).contains("\"192.168.1.1\" is no multicast group");
        assertThat(run("multicast send -i none17")).isEqualTo(Exit.UNKNOWN);
        assertThat(err.toString()).contains("no interface is called none17; there are lo");
        assertThat(run("multicast send --ttl 300")).isEqualTo(Exit.USAGE);
    }

    @Test
    void the_doctor_speaks_json() {
        int code = run("doctor multicast 239.20.1.26 --wait 0 -o json");
        assertThat(code).isIn(Exit.GOOD, Exit.NOT_GOOD);
        assertThat(out.toString()).contains("\"group\" : \"239.20.1.26\"", "\"grade\" : \"ASIDE\"");
    }
}
