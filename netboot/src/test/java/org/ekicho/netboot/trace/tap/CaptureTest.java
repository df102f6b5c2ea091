package org.ekicho.netboot.trace.tap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.ekicho.netboot.trace.TraceText;
import org.ekicho.netboot.trace.TraceView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Real firmware, booting and failing to: each capture gives the verdict that its README names.
final class CaptureTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
            a-bios-full-tcg | BOOTED_SLOW       | BOOTED   | waiting for an IPv6 router advertisement
            b-uefi-full-tcg | BOOTED_SLOW       | BOOTED   | It booted
            m-uefi-http     | BOOTED            | BOOTED   | It booted
            m-uefi-proxy    | BOOTED_SLOW       | BOOTED   | It booted
            f-uefi-nofile   | FILE_MISSING      | BOOTED   | "missing.efi" does not exist in the boot index. The firmware went on to HTTP Boot
            f-uefi-tid      | TFTP_ANSWERS_LOST | BOOTED   | come from high ports, do not arrive: a firewall between us. Use single-port mode or open the ports
            f-uefi-mtu      | FULL_BLOCKS_LOST  | GOING_ON | Small answers arrive, full blocks of 1468 bytes do not
            f-uefi-next     | WRONG_NEXT_SERVER | GOING_ON | 10.77.0.99, which nobody has: a wrong next-server, given by DHCP server 10.77.0.1
            """)
    void each_capture_gives_its_verdict(String name, String verdict, String outcome, String words) {
        TraceView trace = Captures.view(name);
        assertThat(trace.verdict()).isEqualTo(verdict);
        assertThat(trace.outcome()).isEqualTo(outcome);
        assertThat(trace.sentence()).contains(words);
        assertThat(Captures.machine(name).attempts()).as("one power-on each").hasSize(1);
    }

    @Test
    void a_size_probe_is_told_as_normal() {
        assertThat(Captures.view("b-uefi-full-tcg").notes()).anyMatch(note -> note.contains("that is normal"));
        assertThat(Captures.view("b-uefi-full-tcg").steps())
                .filteredOn(step -> step.what().contains("asks for its size"))
                .singleElement()
                .satisfies(step -> assertThat(step.grade()).isEqualTo("expected"));
    }

    @Test
    void two_servers_are_named_with_their_roles() {
        assertThat(Captures.view("m-uefi-proxy").notes())
                .contains(
                        "2 servers answered: 10.77.0.1 (ours) as boot service (proxyDHCP), 10.77.0.2 as DHCP server.");
    }

    @ParameterizedTest
    @CsvSource({
        "a-bios-full-tcg", "b-uefi-full-tcg", "m-uefi-http", "m-uefi-proxy",
        "f-uefi-nofile", "f-uefi-tid", "f-uefi-mtu", "f-uefi-next"
    })
    void the_text_is_that_of_the_golden_file(String name) throws IOException {
        TraceView trace = Captures.view(name);
        String text = TraceText.format(trace) + "\n" + TraceText.line(trace) + "\n";
        try (InputStream in = Captures.open(name + ".txt")) {
            assertThat(text).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
