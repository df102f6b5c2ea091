package org.ekicho.daemon.time;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.ekicho.daemon.clock.HostServedClock;
import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.ntp.server.NtpServer;
import org.ekicho.ntp.server.ServerState;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.api.Test;

class ServingAllocationTest {
    private static final int WARM_UP = 20_000;
    private static final int BATCHES = 10_000;

    private final HostServedClock clock = HostServedClock.observed();
    private final Serving serving = new Serving(
            clock,
            new Mailbox(),
            new NtpServer(TimeSettings.minimal(), 7),
            ServerState.unsynchronised(-24, ReferenceId.ofText("INIT")));
    private final Datagram[] requests = new Datagram[ServingLoop.BATCH];
    private final Datagram[] replies = new Datagram[ServingLoop.BATCH];

    private int serveBatches(int count) {
        int answers = 0;
        for (int i = 0; i < count; i++) {
            for (Datagram request : requests) {
                request.receivedAtNanos = clock.nowNanos();
            }
            answers += serving.answer(requests, requests.length, replies);
        }
        return answers;
    }

    @Test
    void a_warm_server_allocates_nothing_per_packet() {
        Arrays.setAll(requests, i -> {
            byte[] request = new byte[48];
            request[0] = 0x23;
            request[47] = (byte) (i + 1);
            return new Datagram()
                    .payload(request)
                    .peer(IpAddress.literal("192.168.55." + (i + 10)), 123)
                    .local(IpAddress.literal("192.168.55.1"), 2);
        });
        Arrays.setAll(replies, i -> new Datagram());
        serveBatches(WARM_UP);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        int answers = serveBatches(BATCHES);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(answers).isEqualTo(BATCHES * ServingLoop.BATCH);
        assertThat(allocated).as("bytes for %d answers", answers).isLessThan(answers / 100);
    }
}
