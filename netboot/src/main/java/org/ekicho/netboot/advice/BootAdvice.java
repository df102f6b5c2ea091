package org.ekicho.netboot.advice;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.ekicho.wire.IpAddress;

/// The lines that another DHCP server needs to send machines here: for those who would rather configure their own than
/// let a proxy answer beside it. Sources: dnsmasq(8); ISC's dhcp-options(5) and dhcpd.conf(5); Kea's manual, "Client
/// classification"; Microsoft's `Add-DhcpServerv4Policy`; OPNsense's page of the ISC server.
public final class BootAdvice {
    /// Whose configuration it is.
    public enum Server {
        ISC,
        KEA,
        DNSMASQ,
        WINDOWS,
        OPNSENSE;

        /// Reads `isc`, `kea`, `dnsmasq`, `windows`, `opnsense`.
        public static Optional<Server> parse(String text) {
            return Arrays.stream(values())
                    .filter(server -> server.toString().equals(text))
                    .findFirst();
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What machines are to be told.
    ///
    /// @param server our address
    /// @param script URL of the script for iPXE
    /// @param bios   TFTP name of the loader for BIOS
    /// @param uefi   TFTP name of the loader for x64 UEFI
    /// @param http   URL of the loader for UEFI HTTP Boot
    public record Targets(IpAddress server, String script, String bios, String uefi, String http) {}

    private BootAdvice() {}

    /// The lines.
    public static String text(Server server, Targets to) {
        String form = switch (server) {
            case DNSMASQ -> DNSMASQ;
            case ISC -> ISC;
            case KEA -> KEA;
            case WINDOWS -> WINDOWS;
            case OPNSENSE -> OPNSENSE;
        };
        return form.replace("@SERVER@", to.server().toString())
                .replace("@SCRIPT@", to.script())
                .replace("@BIOS@", to.bios())
                .replace("@UEFI@", to.uefi())
                .replace("@HTTP@", to.http());
    }

    private static final String DNSMASQ = """
            # into dnsmasq.conf; iPXE is known by option 175, firmware by its architecture
            dhcp-match=set:ipxe,175
            dhcp-match=set:bios,option:client-arch,0
            dhcp-match=set:uefi,option:client-arch,7
            dhcp-match=set:uefi,option:client-arch,9
            dhcp-match=set:http,option:client-arch,16
            dhcp-boot=tag:ipxe,@SCRIPT@
            dhcp-boot=tag:!ipxe,tag:bios,@BIOS@,,@SERVER@
            dhcp-boot=tag:!ipxe,tag:uefi,@UEFI@,,@SERVER@
            dhcp-option-force=tag:!ipxe,tag:http,option:vendor-class,HTTPClient
            dhcp-boot=tag:!ipxe,tag:http,@HTTP@
            """;

    private static final String ISC = """
            # into dhcpd.conf, outside of any subnet
            option client-arch code 93 = unsigned integer 16;
            next-server @SERVER@;
            if exists user-class and option user-class = "iPXE" {
              filename "@SCRIPT@";
            } elsif option client-arch = 00:10 {
              option vendor-class-identifier "HTTPClient";
              filename "@HTTP@";
            } elsif option client-arch = 00:07 or option client-arch = 00:09 {
              filename "@UEFI@";
            } else {
              filename "@BIOS@";
            }
            """;

    private static final String KEA = """
            // into "Dhcp4"; the first class that fits counts
            "client-classes": [
              { "name": "ekicho-ipxe",
                "test": "option[77].hex == 'iPXE'",
                "boot-file-name": "@SCRIPT@" },
              { "name": "ekicho-http",
                "test": "not member('ekicho-ipxe') and option[93].hex == 0x0010",
                "option-data": [ { "name": "vendor-class-identifier", "data": "HTTPClient" } ],
                "boot-file-name": "@HTTP@" },
              { "name": "ekicho-uefi",
                "test": "not member('ekicho-ipxe') and (option[93].hex == 0x0007 or option[93].hex == 0x0009)",
                "next-server": "@SERVER@",
                "boot-file-name": "@UEFI@" },
              { "name": "ekicho-bios",
                "test": "not member('ekicho-ipxe') and option[93].hex == 0x0000",
                "next-server": "@SERVER@",
                "boot-file-name": "@BIOS@" }
            ]
            """;

    private static final String WINDOWS = """
            # in PowerShell on the DHCP server; SCOPE is the net, e.g. 192.168.55.0
            Add-DhcpServerv4Class -Name ekicho-ipxe -Type User -Data iPXE
            Add-DhcpServerv4Class -Name ekicho-bios -Type Vendor -Data PXEClient:Arch:00000
            Add-DhcpServerv4Class -Name ekicho-uefi -Type Vendor -Data PXEClient:Arch:00007
            Add-DhcpServerv4Policy -Name ekicho-ipxe -ScopeId SCOPE -Condition OR -UserClass EQ,ekicho-ipxe -ProcessingOrder 1
            Add-DhcpServerv4Policy -Name ekicho-uefi -ScopeId SCOPE -Condition OR -VendorClass EQ,ekicho-uefi* -ProcessingOrder 2
            Add-DhcpServerv4Policy -Name ekicho-bios -ScopeId SCOPE -Condition OR -VendorClass EQ,ekicho-bios* -ProcessingOrder 3
            Set-DhcpServerv4OptionValue -ScopeId SCOPE -PolicyName ekicho-ipxe -OptionId 67 -Value @SCRIPT@
            Set-DhcpServerv4OptionValue -ScopeId SCOPE -PolicyName ekicho-uefi -OptionId 66 -Value @SERVER@
            Set-DhcpServerv4OptionValue -ScopeId SCOPE -PolicyName ekicho-uefi -OptionId 67 -Value @UEFI@
            Set-DhcpServerv4OptionValue -ScopeId SCOPE -PolicyName ekicho-bios -OptionId 66 -Value @SERVER@
            Set-DhcpServerv4OptionValue -ScopeId SCOPE -PolicyName ekicho-bios -OptionId 67 -Value @BIOS@
            """;

    private static final String OPNSENSE = """
            # Services, ISC DHCPv4, the interface, "Network booting"
            Enable network booting:      yes
            Next-server IP:              @SERVER@
            Default BIOS filename:       @BIOS@
            UEFI 64-bit filename:        @UEFI@
            iPXE boot filename:          @SCRIPT@
            """;
}
