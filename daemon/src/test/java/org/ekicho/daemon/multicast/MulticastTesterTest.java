package org.ekicho.daemon.multicast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ekicho.daemon.multicast.MulticastTester.Heard;
import org.ekicho.host.net.Interfaces;
import org.ekicho.host.net.NetInterface;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.api.Test;

class MulticastTesterTest {
    private static final IpAddress GROUP = IpAddress.literal("239.20.1.23");
    private static final int PORT = 20_124;

    @Test
    void hears_on_lo_what_it_sends_by_lo() throws IOException {
        NetInterface lo = Interfaces.list().getFirst();
        try (MulticastTester listener = MulticastTester.listening(GROUP, PORT, List.of(lo), Optional.empty());
                MulticastTester sender = MulticastTester.sending(GROUP, PORT)) {
            TestDatagram datagram = new TestDatagram(MulticastTester.newRun(), 0, lo.name());
            sender.send(lo, datagram, 1);
            assertThat(listener.hear(TimeUnit.SECONDS.toNanos(5)))
                    .containsExactly(new Heard(datagram, IpAddress.LOOPBACK_V4, lo.index()));
            assertThat(MulticastDiagnosis.of(MulticastSurvey.of(GROUP, java.time.Duration.ZERO))
                            .interfaces())
                    .filteredOn(verdict -> verdict.name().equals("lo"))
                    .singleElement()
                    .satisfies(verdict -> assertThat(verdict.facts()).contains("joined by 1 socket"));
        }
    }
}
