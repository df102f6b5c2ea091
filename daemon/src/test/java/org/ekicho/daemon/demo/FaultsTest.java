package org.ekicho.daemon.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.ekicho.daemon.clock.PretendClock;
import org.ekicho.daemon.time.Door;
import org.ekicho.daemon.time.DoorSpec;
import org.ekicho.daemon.time.TimeMemory;
import org.ekicho.daemon.time.UdpDoor;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What breaks is started again, and nothing else suffers.
class FaultsTest {
    private static final IpAddress SERVER = IpAddress.literal("127.0.0.1");
    private static final IpAddress CLIENT = IpAddress.literal("127.0.0.2");

    private DemoSettings settings = new DemoSettings(10_123, Stage.GROUP);

    @BeforeEach
    void find_a_port() throws IOException {
        try (DatagramSocket free = new DatagramSocket()) {
            settings = new DemoSettings(free.getLocalPort(), Stage.GROUP);
        }
    }

    /// Half a minute at most.
    private static void await(BooleanSupplier wanted) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!wanted.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        assertThat(wanted.getAsBoolean()).isTrue();
    }

    private static boolean isSynchronised(Machine machine) {
        try {
            return machine.service().view().state().isSynchronised();
        } catch (IOException e) {
            return false;
        }
    }

    private static long restarts(Machine machine) {
        return machine.supervisor().states().stream()
                .mapToLong(job -> job.restarts())
                .sum();
    }

    /// A door whose first receive fails, as when its interface is torn down.
    private static final class Breaking implements Door.Opener {
        final AtomicInteger opened = new AtomicInteger();

        @Override
        public Door open(DoorSpec spec) throws IOException {
            Door real = UdpDoor.openHeardHere(spec);
            return opened.incrementAndGet() == 1 ? new Broken(real) : real;
        }
    }

    private record Broken(Door real) implements Door {
        @Override
        public int receive(Datagram[] batch) throws IOException {
            throw new IOException("the interface went away");
        }

        @Override
        public int send(Datagram[] batch, int count) throws IOException {
            return real.send(batch, count);
        }

        @Override
        public void send(Datagram datagram, int ttl) throws IOException {
            real.send(datagram, ttl);
        }

        @Override
        public void join(IpAddress group, int interfaceIndex) throws IOException {
            real.join(group, interfaceIndex);
        }

        @Override
        public void leave(IpAddress group, int interfaceIndex) throws IOException {
            real.leave(group, interfaceIndex);
        }

        @Override
        public void close() {
            real.close();
        }
    }

    private Machine start(String name, IpAddress address, Door.Opener doors) throws IOException {
        boolean server = address.equals(SERVER);
        return Machine.start(
                name,
                address,
                new PretendClock(server ? 0 : 1.5, 0),
                server ? settings.server(SERVER) : settings.unicast(CLIENT, SERVER, DemoSettings.sharedKey()),
                new Machine.Parts(doors, TimeMemory.NONE, new Random(5), FaultsTest::ignore));
    }

    private static void ignore(TimeAction.Report report) {}

    @Test
    void a_broken_socket_is_opened_again() throws Exception {
        Breaking doors = new Breaking();
        try (Machine server = start("server", SERVER, doors);
                Machine client = start("client", CLIENT, UdpDoor::openHeardHere)) {
            await(() -> isSynchronised(client));
            assertThat(doors.opened).hasValue(2);
            assertThat(server.supervisor().states())
                    .anySatisfy(job -> assertThat(job.lastFailure())
                            .hasValueSatisfying(why -> assertThat(why).contains("the interface went away")));
        }
    }

    @Test
    void a_crashed_engine_starts_again_and_synchronises() throws Exception {
        try (Machine server = start("server", SERVER, UdpDoor::openHeardHere);
                Machine client = start("client", CLIENT, UdpDoor::openHeardHere)) {
            await(() -> isSynchronised(client));
            client.service().onEngine(engine -> {
                throw new IllegalStateException("a mistake of ours");
            });
            await(() -> restarts(client) == 1);
            await(() -> isSynchronised(client));
            assertThat(restarts(server)).isZero();
        }
    }
}
