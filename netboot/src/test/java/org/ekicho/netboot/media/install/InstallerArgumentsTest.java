package org.ekicho.netboot.media.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstallerArgumentsTest {
    private static final NetworkSetup.Fixed FIXED = new NetworkSetup.Fixed(
            IpAddress.literal("10.1.2.30"),
            23,
            Optional.of(IpAddress.literal("10.1.2.1")),
            List.of(IpAddress.literal("10.1.2.2"), IpAddress.literal("10.1.2.3")),
            Optional.of("node7.example.net"));
    private static final NetworkSetup.Nic BY_MAC =
            new NetworkSetup.Nic.WithMac(MacAddress.literal("52:54:00:77:00:0a"));
    private static final NetworkSetup STATIC =
            new NetworkSetup(Optional.of(BY_MAC), Optional.empty(), Optional.of(FIXED));

    @Test
    void el5_and_older_by_dhcp_and_with_a_fixed_address() {
        assertThat(line(InstallerEra.ANACONDA_5, NetworkSetup.DHCP))
                .isEqualTo("method=http://10.1.2.2/tree ks=http://10.1.2.2/ks ksdevice=link ip=dhcp");
        assertThat(line(InstallerEra.ANACONDA_5, STATIC))
                .isEqualTo("method=http://10.1.2.2/tree ks=http://10.1.2.2/ks ksdevice=52:54:00:77:00:0A ip=10.1.2.30"
                        + " netmask=255.255.254.0 gateway=10.1.2.1 dns=10.1.2.2,10.1.2.3 noipv6");
    }

    @Test
    void el6() {
        assertThat(line(InstallerEra.ANACONDA_6, NetworkSetup.DHCP))
                .isEqualTo("repo=http://10.1.2.2/tree ks=http://10.1.2.2/ks ksdevice=link ip=dhcp");
    }

    @Test
    void el7_and_later() {
        assertThat(line(InstallerEra.ANACONDA_7, NetworkSetup.DHCP))
                .isEqualTo("inst.repo=http://10.1.2.2/tree inst.ks=http://10.1.2.2/ks ip=dhcp");
        assertThat(line(InstallerEra.ANACONDA_7, STATIC))
                .isEqualTo("inst.repo=http://10.1.2.2/tree inst.ks=http://10.1.2.2/ks BOOTIF=01-52-54-00-77-00-0a"
                        + " ip=10.1.2.30::10.1.2.1:255.255.254.0:node7.example.net::none nameserver=10.1.2.2"
                        + " nameserver=10.1.2.3");
        assertThat(line(InstallerEra.ANACONDA_7, named("eth1", Optional.empty())))
                .endsWith(" ip=eth1:dhcp");
    }

    @Test
    void el7_in_a_vlan() {
        assertThat(line(InstallerEra.ANACONDA_7, named("eth1", Optional.of(20))))
                .endsWith(" vlan=eth1.20:eth1 ip=eth1.20:dhcp");
        assertThat(line(
                        InstallerEra.ANACONDA_7,
                        new NetworkSetup(Optional.of(BY_MAC), Optional.of(20), Optional.empty())))
                .endsWith(" ifname=net0:52:54:00:77:00:0a vlan=net0.20:net0 ip=net0.20:dhcp");
    }

    @Test
    void debian() {
        assertThat(line(InstallerEra.DEBIAN, NetworkSetup.DHCP))
                .isEqualTo(
                        "auto=true priority=critical url=http://10.1.2.2/ks interface=auto netcfg/no_default_route=true netcfg/get_nameservers= mirror/country=manual"
                                + " mirror/protocol=http mirror/http/hostname=10.1.2.2 mirror/http/directory=/tree"
                                + " mirror/http/proxy=");
        assertThat(line(InstallerEra.DEBIAN, STATIC))
                .contains(
                        " interface=auto netcfg/no_default_route=true BOOTIF=01-52-54-00-77-00-0a netcfg/disable_autoconfig=true"
                                + " netcfg/get_ipaddress=10.1.2.30 netcfg/get_netmask=255.255.254.0"
                                + " netcfg/get_gateway=10.1.2.1 netcfg/get_nameservers=\"10.1.2.2 10.1.2.3\""
                                + " netcfg/confirm_static=true hostname=node7.example.net");
    }

    @Test
    void debian_by_ftp() {
        assertThat(new InstallerArguments(
                                InstallerEra.DEBIAN,
                                Optional.of(URI.create("ftp://10.1.2.2:2121/debian")),
                                Optional.empty(),
                                NetworkSetup.DHCP,
                                List.of())
                        .line()
                        .toString())
                .isEqualTo(
                        "interface=auto netcfg/no_default_route=true netcfg/get_nameservers= mirror/country=manual mirror/protocol=ftp"
                                + " mirror/ftp/hostname=10.1.2.2:2121 mirror/ftp/directory=/debian mirror/ftp/proxy=");
    }

    @Test
    void ubuntu() {
        assertThat(line(InstallerEra.UBUNTU, STATIC))
                .isEqualTo("BOOTIF=01-52-54-00-77-00-0a"
                        + " ip=10.1.2.30::10.1.2.1:255.255.254.0:node7.example.net::off:10.1.2.2:10.1.2.3"
                        + " url=http://10.1.2.2/tree autoinstall cloud-config-url=/dev/null"
                        + " ds=nocloud-net;s=http://10.1.2.2/ks/");
    }

    @Test
    void suse_and_agama() {
        assertThat(line(InstallerEra.SUSE, NetworkSetup.DHCP))
                .isEqualTo("install=http://10.1.2.2/tree autoyast=http://10.1.2.2/ks ifcfg=*=dhcp");
        assertThat(line(InstallerEra.SUSE, STATIC))
                .endsWith(" ifcfg=\"52:54:00:77:00:0a=10.1.2.30/23,10.1.2.1,10.1.2.2 10.1.2.3\""
                        + " hostname=node7.example.net");
        assertThat(line(InstallerEra.AGAMA, NetworkSetup.DHCP))
                .isEqualTo("inst.install_url=http://10.1.2.2/tree inst.auto=http://10.1.2.2/ks ip=dhcp");
    }

    @ParameterizedTest
    @EnumSource(InstallerEra.class)
    void more_arguments_come_last_and_nothing_known_means_the_installer_asks(InstallerEra era) {
        String line = new InstallerArguments(
                        era, Optional.empty(), Optional.empty(), NetworkSetup.DHCP, List.of("console=ttyS0,115200n8"))
                .line()
                .toString();
        assertThat(line).endsWith(" console=ttyS0,115200n8").doesNotContain("http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a=\u0007", "a=\"b\"", "a='b'", "a=\\b", "a=ü", "", "two words"})
    void what_no_command_line_can_hold_is_refused(String argument) {
        assertThatThrownBy(() -> new KernelLine().add(argument))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kernel argument")
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("\n", "\u0007");
    }

    @Test
    void a_line_that_the_kernel_would_cut_is_refused() {
        assertThatThrownBy(() -> new KernelLine().put("a", "b".repeat(2_046))).hasMessageContaining("2047 letters");
    }

    @Test
    void vlans_that_an_era_cannot_have_are_refused() {
        NetworkSetup tagged = named("eth0", Optional.of(20));
        assertThatThrownBy(() -> line(InstallerEra.ANACONDA_6, tagged)).hasMessageContaining("untagged port");
        assertThatThrownBy(() -> line(
                        InstallerEra.ANACONDA_7, new NetworkSetup(Optional.empty(), Optional.of(20), Optional.empty())))
                .hasMessageContaining("which interface the VLAN is on");
        assertThat(line(InstallerEra.SUSE, tagged)).endsWith(" vlanid=20 ifcfg=eth0=dhcp");
    }

    @Test
    void addresses_without_a_server_or_of_another_kind_are_refused() {
        assertThatThrownBy(() -> new InstallerArguments(
                        InstallerEra.ANACONDA_7,
                        Optional.of(URI.create("nfs://a/b")),
                        Optional.empty(),
                        NetworkSetup.DHCP,
                        List.of()))
                .hasMessageContaining("the tree nfs://a/b is no address with http, https or ftp");
    }

    private static NetworkSetup named(String name, Optional<Integer> vlan) {
        return new NetworkSetup(Optional.of(new NetworkSetup.Nic.Named(name)), vlan, Optional.empty());
    }

    private static String line(InstallerEra era, NetworkSetup network) {
        return new InstallerArguments(
                        era,
                        Optional.of(URI.create("http://10.1.2.2/tree")),
                        Optional.of(URI.create("http://10.1.2.2/ks")),
                        network,
                        List.of())
                .line()
                .toString();
    }
}
