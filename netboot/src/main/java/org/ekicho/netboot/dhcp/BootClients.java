package org.ekicho.netboot.dhcp;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.ekicho.netboot.client.BootClient;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.netboot.client.ClientArch;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.MacAddress;

/// Tells from a packet who asks. The order matters: iPXE names the same vendor class and architecture as
/// the ROM that loaded it.
public final class BootClients {
    /// Raspberry Pi boot (IANA architecture 41).
    static final ClientArch RASPBERRY_PI = new ClientArch(41);
    /// Makers' prefixes of Raspberry Pi, whose ROMs say architecture 0 (IEEE registry).
    private static final Set<String> RASPBERRY_PI_MAKERS =
            Set.of("28:cd:c1", "2c:cf:67", "b8:27:eb", "d8:3a:dd", "dc:a6:32", "e4:5f:01");

    private static final int UUID_OPTION = 17;

    private BootClients() {}

    /// Who sent `packet`.
    public static BootClient of(DhcpPacket packet) {
        DhcpOptions options = packet.options();
        String vendorClass = options.text(OptionCode.VENDOR_CLASS);
        return new BootClient(
                packet.mac(),
                stage(options, vendorClass),
                arch(packet.mac(), options, vendorClass),
                uuid(options.bytes(OptionCode.CLIENT_UUID)),
                vendorClass,
                Optional.empty());
    }

    private static BootStage stage(DhcpOptions options, String vendorClass) {
        if (options.has(OptionCode.IPXE)
                || UserClasses.decode(options.bytes(OptionCode.USER_CLASS)).contains("iPXE")) {
            return BootStage.IPXE;
        }
        if (vendorClass.startsWith("HTTPClient")) return BootStage.HTTP_ROM;
        if (vendorClass.startsWith("PXEClient")) return BootStage.PXE_ROM;
        boolean installer = vendorClass.startsWith("anaconda")
                || vendorClass.equals("d-i")
                || vendorClass.startsWith("d-i ")
                || vendorClass.startsWith("udhcp");
        return installer ? BootStage.INSTALLER : BootStage.SYSTEM;
    }

    /// The first architecture of option 93 that has a name, else the first; without the option what the
    /// vendor class says (`PXEClient:Arch:00007:UNDI:003016`).
    private static Optional<ClientArch> arch(MacAddress mac, DhcpOptions options, String vendorClass) {
        List<ClientArch> said = arches(options.bytes(OptionCode.CLIENT_ARCH));
        Optional<ClientArch> first = said.stream()
                .filter(arch -> ClientArch.names().contains(arch.toString()))
                .findFirst()
                .or(() -> said.stream().findFirst())
                .or(() -> named(vendorClass));
        boolean raspberry =
                first.filter(ClientArch.BIOS::equals).isPresent() && RASPBERRY_PI_MAKERS.contains(mac.maker());
        return raspberry ? Optional.of(RASPBERRY_PI) : first;
    }

    private static List<ClientArch> arches(byte[] bytes) {
        return IntStream.range(0, bytes.length / 2)
                .mapToObj(i -> new ClientArch(BigEndian.u16(bytes, 2 * i)))
                .toList();
    }

    private static Optional<ClientArch> named(String vendorClass) {
        String[] words = vendorClass.split(":", -1);
        return words.length >= 3 && words[1].equals("Arch") && words[2].matches("[0-9]{5}")
                ? ClientArch.parse(words[2])
                : Optional.empty();
    }

    /// Option 97 is a type byte of 0 and 16 bytes; boards without a UUID send all zeros or all ones.
    private static Optional<UUID> uuid(byte[] bytes) {
        if (bytes.length != UUID_OPTION || bytes[0] != 0) return Optional.empty();
        long high = BigEndian.i64(bytes, 1);
        long low = BigEndian.i64(bytes, 9);
        boolean blank = high == low && (high == 0 || high == -1);
        return blank ? Optional.empty() : Optional.of(new UUID(high, low));
    }
}
