package org.ekicho.ntp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import org.ekicho.ntp.access.RestrictFlag;
import org.ekicho.ntp.access.RestrictRule;
import org.ekicho.ntp.auth.Authenticator;
import org.ekicho.ntp.auth.KeyRing;
import org.ekicho.ntp.auth.KeyType;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.ntp.packet.LeapIndicator;
import org.ekicho.ntp.packet.NtpMode;
import org.ekicho.ntp.packet.NtpPacket;
import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A warm server allocates nothing per packet, whatever the packet, so that no collection ever stops it.
class NtpServerAllocationTest {
    private static final long START = 1_795_000_000_000_000_000L;
    private static final int WARM_UP = 200_000;
    private static final int MEASURED = 1_000_000;
    /// More than the client table holds, so that addresses are also pushed out of it.
    private static final int CLIENTS = 20_000;
    /// What the JVM itself may do in this thread meanwhile (compiled code replaced, say): a hundredth of a byte a
    /// packet.
    private static final long NOISE = MEASURED / 100;

    enum Traffic {
        PLAIN,
        MD5,
        SHA1,
        SHA256,
        AES128CMAC,
        AES256CMAC,
        BAD_MAC,
        LIMITED,
        BROADCAST
    }

    @ParameterizedTest
    @EnumSource
    void a_million_packets_allocate_nothing(Traffic traffic) {
        KeyType type = switch (traffic) {
            case PLAIN, BAD_MAC, LIMITED, BROADCAST, MD5 -> KeyType.MD5;
            case SHA1 -> KeyType.SHA1;
            case SHA256 -> KeyType.SHA256;
            case AES128CMAC -> KeyType.AES128CMAC;
            case AES256CMAC -> KeyType.AES256CMAC;
        };
        byte[] secret = new byte[type == KeyType.AES256CMAC ? 32 : 16];
        KeyRing keys = new KeyRing(List.of(new SymmetricKey(5, type, secret, List.of())), Set.of(5));
        int flags = traffic == Traffic.LIMITED ? RestrictFlag.LIMITED.mask() | RestrictFlag.KOD.mask() : 0;
        TimeSettings settings =
                TimeSettings.minimal().withKeys(keys).withRestricts(List.of(new RestrictRule(IpPrefix.ALL_V4, flags)));
        NtpServer server = new NtpServer(settings, 1);
        server.update(new ServerState(LeapIndicator.NONE, 2, -24, 0.01, 0.02, ReferenceId.LOCAL_CLOCK, START, START));
        Datagram request = request(traffic, keys);
        Datagram reply = new Datagram();

        run(server, request, reply, WARM_UP);
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadAllocatedBytes();
        run(server, request, reply, MEASURED);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(NOISE);
    }

    private static void run(NtpServer server, Datagram request, Datagram reply, int packets) {
        for (int i = 0; i < packets; i++) {
            request.peerLow = 0xffff_0a00_0000L | i % CLIENTS;
            request.receivedAtNanos = START + i * 1000L;
            NtpAction action = server.answer(request, reply, i * 1000L);
            if (action instanceof NtpAction.Reply || action instanceof NtpAction.Kiss) {
                server.seal(reply, request.receivedAtNanos + 500);
            }
        }
    }

    private static Datagram request(Traffic traffic, KeyRing keys) {
        Datagram request =
                new Datagram().peer(IpAddress.literal("10.0.0.0"), 123).local(IpAddress.literal("10.0.0.1"), 2);
        NtpMode mode = traffic == Traffic.BROADCAST ? NtpMode.BROADCAST : NtpMode.CLIENT;
        new NtpPacket(LeapIndicator.NONE, 4, mode, 0, 6, 0, 0, 0, 0, 0, 0, 0, 7).encode(request.bytes);
        request.length = NtpPacket.HEADER;
        if (traffic != Traffic.PLAIN) {
            request.length = new Authenticator(keys).seal(request.bytes, NtpPacket.HEADER, 5);
        }
        if (traffic == Traffic.BAD_MAC) {
            request.bytes[60] ^= 1;
        }
        return request;
    }
}
