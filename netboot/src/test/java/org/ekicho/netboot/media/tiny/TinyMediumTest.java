package org.ekicho.netboot.media.tiny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.ekicho.netboot.client.ClientArch;
import org.ekicho.netboot.media.Images;
import org.ekicho.netboot.media.MediaFile;
import org.ekicho.netboot.media.MediaPlan;
import org.ekicho.netboot.media.install.BiosPrograms;
import org.ekicho.netboot.media.install.NetworkSetup;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TinyMediumTest {
    private static final List<URI> SERVERS = List.of(URI.create("http://10.0.0.1/s"), URI.create("http://10.0.0.2/s"));
    private static final NetworkSetup STATIC = new NetworkSetup(
            Optional.of(new NetworkSetup.Nic.WithMac(MacAddress.literal("52:54:00:77:00:01"))),
            Optional.of(20),
            Optional.of(new NetworkSetup.Fixed(
                    IpAddress.literal("10.0.0.9"),
                    24,
                    Optional.of(IpAddress.literal("10.0.0.254")),
                    List.of(IpAddress.literal("10.0.0.53")),
                    Optional.empty())));

    @Test
    void what_was_told_is_filled_in() {
        assertThat(new TinyScript("Site one", SERVERS, STATIC, "ftp", List.of("rocky9", "debian12")).text())
                .startsWith("""
                        #!ipxe
                        # Written by Ekicho for Site one.
                        set medium tiny
                        set method ftp
                        set profile rocky9
                        set nic net0
                        set tag 20
                        set mode static
                        set address 10.0.0.9
                        set mask 255.255.255.0
                        set router 10.0.0.254
                        set resolver 10.0.0.53
                        set server http://10.0.0.1/s
                        """)
                .contains("iseq ${net1/mac} 52:54:00:77:00:01 && set nic net1 ||\n")
                .contains("item profile_debian12 Install debian12\n", ":profile_debian12\nset profile debian12\n");
    }

    @Test
    void by_dhcp_nothing_is_set_that_has_no_value() {
        String text = dhcp().text();
        assertThat(text).contains("\nset mode dhcp\n", "\nclear address ||\n", "\nclear tag ||\n");
        assertThat(text.lines().filter(line -> line.matches("set \\S+ *"))).isEmpty();
    }

    @Test
    void every_server_is_tried_in_turn() {
        assertThat(dhcp().text()).contains("""
                        chain --replace --autofree ${server}?${query} ||
                        set server http://10.0.0.2/s
                        chain --replace --autofree ${server}?${query} ||
                        echo None of the site's servers""");
    }

    @Test
    void every_goto_has_its_label_and_every_label_is_there_once() {
        String text = new TinyScript("a", SERVERS, STATIC, "http", List.of("one")).text();
        List<String> labels = found("(?m)^:(\\w+)$", text);
        assertThat(labels).doesNotHaveDuplicates().containsAll(found("goto (\\w+)", text));
        assertThat(labels).containsAll(found("(?m)^item (?!--gap)(\\w+) ", text));
    }

    @Test
    void a_switch_that_keeps_the_port_silent_for_half_a_minute_is_waited_for() {
        String text = dhcp().text();
        int tries = Integer.parseInt(found("iseq \\$\\{tries\\} (\\d+)", text).getFirst());
        int pause = Integer.parseInt(found("(?m)^sleep (\\d+)", text).getFirst());
        // Each try takes iPXE some 7 seconds at least (1 + 2 + 4).
        assertThat(tries * (pause + 7)).isGreaterThanOrEqualTo(60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://a/b", "http:///b", "http://a/b?c=d", "http://a/${x}", "http://a/b&&c"})
    void servers_that_ipxe_would_read_otherwise_are_refused(String server) {
        assertThatThrownBy(() -> new TinyScript(
                        "a",
                        List.of(URI.create(server.replace("${x}", "%24x$"))),
                        NetworkSetup.DHCP,
                        "http",
                        List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void names_that_would_be_commands_are_refused() {
        assertThatThrownBy(() -> new TinyScript("a\nshell", SERVERS, NetworkSetup.DHCP, "http", List.of()))
                .hasMessageContaining("a site's name");
        assertThatThrownBy(() -> new TinyScript("a", SERVERS, NetworkSetup.DHCP, "http", List.of("x || shell")))
                .hasMessageContaining("no name of a profile");
        NetworkSetup linux =
                new NetworkSetup(Optional.of(new NetworkSetup.Nic.Named("eth0")), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> new TinyScript("a", SERVERS, linux, "http", List.of()))
                .hasMessageContaining("iPXE counts interfaces net0, net1");
    }

    @Test
    void the_script_lies_where_both_firmwares_have_ipxe_find_it() throws Exception {
        MediaFile file = MediaFile.of("any", "x".repeat(3_000));
        MediaPlan plan = new TinyMedium(
                        dhcp(),
                        Optional.of(
                                new TinyMedium.ForBios(new BiosPrograms(file, file, MediaFile.of("mbr", "x")), file)),
                        Map.of(ClientArch.EFI_X64, file, ClientArch.EFI_ARM64, file),
                        Optional.empty())
                .plan(Images.MADE);
        assertThat(plan.files())
                .extracting(MediaFile::path)
                .contains("isolinux/isolinux.bin", "boot/ipxe.krn", "boot/script.ipx");
        assertThat(plan.uefi())
                .extracting(MediaFile::path)
                .containsExactly(
                        "EFI/BOOT/BOOTX64.EFI", "EFI/BOOT/BOOTAA64.EFI", "EFI/BOOT/autoexec.ipxe", "autoexec.ipxe");
        assertThat(Images.bytes(plan)).isNotEmpty();
    }

    @Test
    void an_ipxe_tells_whether_it_reads_its_script() {
        assertThat(TinyMedium.readsItsScript("MZ..autoexec.ipxe".getBytes(StandardCharsets.US_ASCII)))
                .isTrue();
        assertThat(TinyMedium.readsItsScript("MZ.autoexec.ipxe".getBytes(StandardCharsets.UTF_16LE)))
                .isTrue();
        assertThat(TinyMedium.readsItsScript("MZ autoexec.ipx".getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
    }

    private static TinyScript dhcp() {
        return new TinyScript("Site one", SERVERS, NetworkSetup.DHCP, "http", List.of());
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult r) -> r.group(1))
                .toList();
    }
}
