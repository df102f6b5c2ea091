package org.ekicho.daemon.demo;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.ekicho.netboot.dhcp.DhcpCodec;
import org.ekicho.netboot.dhcp.DhcpOptions;
import org.ekicho.netboot.dhcp.DhcpPacket;
import org.ekicho.netboot.dhcp.DhcpReading;
import org.ekicho.netboot.dhcp.DhcpType;
import org.ekicho.netboot.dhcp.OptionCode;
import org.ekicho.wire.IpAddress;

/// A machine of the demo that boots: pretend UEFI firmware, then a pretend iPXE, over real sockets of the loopback.
///
/// The answer to its DISCOVER goes to port 68, which takes root to hear; so it asks the boot service on, as firmware
/// does
/// beside another DHCP server (PXE 2.1 §2.2.3).
public final class Engine implements AutoCloseable {
    /// What the pretend network does to long packets.
    public enum Wire {
        GOOD,
        /// Swallows what an Ethernet frame inside of a tunnel has no room for.
        NARROW
    }

    static final int PATIENCE_MILLIS = 1_000;
    static final InetAddress SERVER = InetAddress.getLoopbackAddress();

    private final BootYard.Doors doors;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Random dice = new Random();

    public Engine(BootYard.Doors doors) {
        this.doors = doors;
    }

    /// How a boot went.
    ///
    /// @param loader bytes of the loader; 0: it did not come
    /// @param kernel bytes of the kernel
    /// @param initrd bytes of the initial RAM disk
    public record Boot(long loader, long kernel, long initrd) {
        static final Boot FAILED = new Boot(0, 0, 0);

        public boolean succeeded() {
            return kernel > 0 && initrd > 0;
        }
    }

    /// From power-on to its kernel, or until it gives up.
    public Boot powerOn(Wire wire) throws IOException, InterruptedException {
        Optional<DhcpPacket> told = ask(DhcpOptions.builder()
                .setText(OptionCode.VENDOR_CLASS, "PXEClient:Arch:00007:UNDI:003000")
                .build());
        if (told.isEmpty()) return Boot.FAILED;
        String file = told.get().options().text(OptionCode.BOOT_FILE);
        new EngineFetch(doors.tftp(), file, EngineFetch.Wants.SIZE, wire).run();
        long loader = new EngineFetch(doors.tftp(), file, EngineFetch.Wants.ALL, wire).run();
        return loader == 0 ? Boot.FAILED : asIpxe(loader);
    }

    private Boot asIpxe(long loader) throws IOException, InterruptedException {
        Optional<DhcpPacket> told = ask(DhcpOptions.builder()
                .setText(OptionCode.VENDOR_CLASS, "PXEClient:Arch:00007:UNDI:003000")
                .setText(OptionCode.USER_CLASS, "iPXE")
                .build());
        if (told.isEmpty()) return new Boot(loader, 0, 0);
        String url = told.get().options().text(OptionCode.BOOT_FILE);
        long kernel = 0;
        long initrd = 0;
        for (String line : script(url + "?mac=" + BootYard.ENGINE + "&platform=efi")) {
            String[] words = line.split(" ", -1);
            if (words.length < 2 || !words[1].startsWith("http://")) continue;
            if (words[0].equals("initrd")) initrd = length(words[1]);
            if (words[0].equals("kernel")) kernel = length(words[1]);
        }
        return new Boot(loader, kernel, initrd);
    }

    // ---- DHCP

    private Optional<DhcpPacket> ask(DhcpOptions who) throws IOException {
        int xid = dice.nextInt();
        try (DatagramSocket socket = new DatagramSocket(0, SERVER)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            send(socket, doors.dhcp(), dhcp(xid, DhcpType.DISCOVER, who));
            for (int i = 0; i < 3; i++) {
                send(socket, doors.bootServer(), dhcp(xid, DhcpType.REQUEST, who));
                try {
                    byte[] bytes = receive(socket).getData();
                    if (DhcpCodec.decode(bytes, bytes.length) instanceof DhcpReading.Whole(DhcpPacket packet)) {
                        return Optional.of(packet);
                    }
                } catch (SocketTimeoutException silent) {
                    // Asks again.
                }
            }
            return Optional.empty();
        }
    }

    private static byte[] dhcp(int xid, DhcpType type, DhcpOptions who) {
        IpAddress none = IpAddress.ANY_V4;
        DhcpOptions options = DhcpOptions.builder()
                .set8(OptionCode.MESSAGE_TYPE, type.code())
                .set(OptionCode.PARAMETER_LIST, (byte) OptionCode.TFTP_SERVER, (byte) OptionCode.BOOT_FILE)
                .set(OptionCode.CLIENT_ARCH, (byte) 0, (byte) 7)
                .setAll(who)
                .build();
        DhcpPacket packet = new DhcpPacket(
                false, 0, xid, 0, false, IpAddress.LOOPBACK_V4, none, none, none, BootYard.ENGINE, "", "", options);
        return DhcpCodec.encode(packet, DhcpCodec.LARGEST_LIMIT);
    }

    static void send(DatagramSocket socket, int port, byte[] bytes) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, SERVER, port));
    }

    /// The packet that comes next, with its payload alone.
    static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        packet.setData(Arrays.copyOf(packet.getData(), packet.getLength()));
        return packet;
    }

    // ---- HTTP

    private List<String> script(String url) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request(url), HttpResponse.BodyHandlers.ofString());
        return answer.body().lines().map(String::strip).toList();
    }

    private long length(String url) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(request(url), HttpResponse.BodyHandlers.ofByteArray());
        return answer.statusCode() == 200 ? answer.body().length : 0;
    }

    private static HttpRequest request(String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("User-Agent", "iPXE/pretend")
                .timeout(Duration.ofSeconds(30))
                .build();
    }

    @Override
    public void close() {
        http.close();
    }
}
