package org.ekicho.daemon.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.DatagramSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.ekicho.daemon.clock.PretendClock;
import org.ekicho.daemon.time.DoorSpec;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.settings.ClockMode;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.ntp.view.TimeView;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whole services against each other on the loopback, on a high port, with pretend clocks.
class MachineTest {
    private static final IpAddress SERVER = IpAddress.literal("127.0.0.1");
    private static final IpAddress CLIENT = IpAddress.literal("127.0.0.2");
    private static final IpAddress GROUP = IpAddress.literal("239.192.55.7");

    private final List<Machine> machines = new ArrayList<>();
    private DemoSettings settings = new DemoSettings(10_123, GROUP);

    @BeforeEach
    void find_a_port() throws IOException {
        try (DatagramSocket free = new DatagramSocket()) {
            settings = new DemoSettings(free.getLocalPort(), GROUP);
        }
    }

    @AfterEach
    void switch_off() {
        machines.reversed().forEach(Machine::close);
    }

    private Machine start(String name, IpAddress address, double ahead, TimeSettings time) throws IOException {
        Machine machine = Machine.start(
                name,
                address,
                new PretendClock(ahead, 30),
                time,
                Machine.Parts.of(
                        new Random(machines.size()), report -> System.out.println(name + ": " + report.sentence())));
        machines.add(machine);
        return machine;
    }

    /// Waits until the view is as wanted, half a minute at most.
    private static TimeView await(Machine machine, java.util.function.Predicate<TimeView> wanted)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        TimeView view = machine.service().view();
        while (!wanted.test(view) && System.nanoTime() < end) {
            Thread.sleep(100);
            view = machine.service().view();
        }
        assertThat(view).as(view.sentence()).matches(wanted);
        return view;
    }

    @Test
    void a_keyed_unicast_client_is_brought_to_the_servers_time() throws Exception {
        Machine server = start("server", SERVER, 0, settings.server(SERVER));
        Machine client = start("client", CLIENT, 2.5, settings.unicast(CLIENT, SERVER, DemoSettings.sharedKey()));
        TimeView view = await(client, v -> v.state().isSynchronised());
        assertThat(view.state().stratum()).isEqualTo(11);
        assertThat(client.clock().aheadSeconds()).isCloseTo(server.clock().aheadSeconds(), within(0.05));
        assertThat(server.service().clients(9)).isNotEmpty().allMatch(c -> c.keyId() == DemoSettings.KEY_ID);
    }

    @Test
    void a_keyed_multicast_receiver_is_brought_to_the_senders_time() throws Exception {
        Machine server = start("server", SERVER, 0, settings.server(SERVER));
        Machine client = start("client", CLIENT, -1.5, settings.multicast(CLIENT, GROUP, DemoSettings.sharedKey()));
        await(client, v -> v.state().isSynchronised());
        assertThat(client.clock().aheadSeconds()).isCloseTo(server.clock().aheadSeconds(), within(0.05));
    }

    @Test
    void a_receiver_with_another_secret_never_follows_and_says_why() throws Exception {
        start("server", SERVER, 0, settings.server(SERVER));
        Machine client = start("client", CLIENT, -1.5, settings.multicast(CLIENT, GROUP, DemoSettings.otherKey()));
        TimeView view = await(
                client, v -> v.strays().stream().anyMatch(s -> s.reason() == NtpReason.BAD_MAC && s.count() >= 2));
        assertThat(view.state().isSynchronised()).isFalse();
        assertThat(view.sentence()).contains(NtpReason.BAD_MAC.sentence());
    }

    @Test
    void other_settings_take_over_without_losing_the_port() throws Exception {
        Machine server = start("server", SERVER, 0, settings.server(SERVER));
        await(server, v -> v.state().isSynchronised());
        List<DoorSpec> before = server.service().traffic().sockets();
        server.service().apply(settings.multicast(SERVER, GROUP, DemoSettings.sharedKey()));
        TimeView view = await(server, v -> !v.state().isSynchronised());
        assertThat(view.clock()).isEqualTo(ClockMode.STEER);
        assertThat(server.service().traffic().sockets()).containsAll(before).hasSize(2);
        server.service().apply(settings.server(SERVER));
        await(server, v -> v.state().isSynchronised());
        assertThat(server.service().traffic().sockets()).isEqualTo(before);
        assertThat(server.supervisor().states()).allMatch(job -> job.running() && job.restarts() == 0);
    }

    @Test
    void settings_whose_port_is_taken_change_nothing() throws Exception {
        Machine server = start("server", SERVER, 0, settings.server(SERVER));
        await(server, v -> v.state().isSynchronised());
        TimeSettings before = server.service().settings();
        try (DatagramSocket taken = new DatagramSocket(0, SERVER.toInetAddress())) {
            assertThatThrownBy(() -> server.service().apply(before.withPort(taken.getLocalPort())))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("taken by");
        }
        assertThat(server.service().settings()).isSameAs(before);
        assertThat(server.service().view().state().isSynchronised()).isTrue();
    }
}
