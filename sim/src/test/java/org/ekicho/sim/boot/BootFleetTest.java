package org.ekicho.sim.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.ekicho.sim.SimLink;
import org.ekicho.sim.SimQueue;
import org.ekicho.wire.MacAddress;
import org.junit.jupiter.api.Test;

/// Three hundred machines of all firmware that are switched on within a minute, on a network that loses two packets of
/// a
/// hundred; and a clock that is asked meanwhile.
final class BootFleetTest {
    private static final int MACHINES = 300;
    private static final long SECOND = 1_000_000_000L;
    private static final long SEED = Long.getLong("sim.seed", 1);
    private static final double GIGABIT = 1e9;
    private static final int NTP_BYTES = 48;
    private static final long NTP_EVERY = SECOND / 500;

    private final SplittableRandom dice = new SplittableRandom(SEED);
    private final SimQueue queue = new SimQueue();
    private final Uplink uplink = new Uplink(queue, GIGABIT);
    private final Wire wire = new Wire(queue, SimLink.of(1e-4, 1e-4).losing(0.02), uplink, dice.split());
    private final List<MacAddress> macs = macs();
    private final BootServer server = new BootServer(wire, macs);
    private final List<Firmware> machines = new ArrayList<>();

    private static List<MacAddress> macs() {
        List<MacAddress> all = new ArrayList<>();
        for (int i = 0; i < MACHINES; i++) {
            all.add(MacAddress.at(new byte[] {0x52, 0x54, 0, 0x77, (byte) (i >> 8), (byte) i}, 0));
        }
        return all;
    }

    private void plugIn() {
        Firmware.Kind[] kinds = Firmware.Kind.values();
        for (MacAddress mac : macs) {
            Firmware machine = new Firmware(wire, server, mac, kinds[machines.size() % kinds.length], dice.split());
            machines.add(machine);
            wire.plug(machine);
        }
    }

    private void switchOn() {
        server.arm(macs);
        for (Firmware machine : machines) {
            queue.at(queue.now() + dice.nextLong(60 * SECOND), machine::powerOn);
        }
    }

    /// How long answers of the clock wait for the wire, in nanoseconds, sorted.
    private long[] clock(Uplink.Band band, int seconds) {
        List<Long> waits = new ArrayList<>();
        long from = queue.now();
        for (long at = from; at < from + seconds * SECOND; at += NTP_EVERY + dice.nextLong(NTP_EVERY / 10)) {
            queue.at(at, () -> {
                long asked = queue.now();
                uplink.send(NTP_BYTES + Wire.AROUND, band, () -> waits.add(queue.now() - asked));
            });
        }
        queue.runUntil(from + (seconds + 5) * SECOND);
        return waits.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private static long p999(long[] sorted) {
        return sorted[(int) (sorted.length * 0.999)];
    }

    private List<Firmware> notBooted() {
        return machines.stream().filter(machine -> !machine.booted()).toList();
    }

    @Test
    void all_boot_the_server_keeps_nothing_of_them_and_the_clock_is_not_disturbed() {
        long[] alone = clock(Uplink.Band.EXPEDITED, 60);
        plugIn();
        for (int round = 1; round <= 3; round++) {
            switchOn();
            long[] meanwhile = clock(Uplink.Band.EXPEDITED, 240);
            double[] seconds = machines.stream()
                    .mapToDouble(Firmware::bootSeconds)
                    .sorted()
                    .toArray();
            IO.println(String.format(
                    "seed %d, round %d: %d of %d booted, in %.1f s (median) to %.1f s, %d transfers at once, %.1f MB waited at most; "
                            + "NTP answers wait %.1f us alone, %.1f us meanwhile (p99.9)",
                    SEED,
                    round,
                    MACHINES - notBooted().size(),
                    MACHINES,
                    seconds[MACHINES / 2],
                    seconds[MACHINES - 1],
                    server.mostTransfers(),
                    uplink.mostWaiting() / 1e6,
                    p999(alone) / 1e3,
                    p999(meanwhile) / 1e3));
            assertThat(notBooted()).isEmpty();
            assertThat(server.started()).isEqualTo((long) MACHINES * round);
            assertThat(server.transfers()).isZero();
            assertThat(server.leases()).isEqualTo(MACHINES);
            // The frame that has begun is waited for, and nothing else.
            assertThat(p999(meanwhile) - p999(alone)).isLessThanOrEqualTo(Math.round(8e9 / GIGABIT * Uplink.FRAME));
            assertThat(Arrays.stream(meanwhile).max().orElseThrow()).isLessThan(100_000);
        }
    }

    /// What the class of service is for.
    @Test
    void without_its_class_of_service_the_clock_would_wait_behind_the_boots() {
        plugIn();
        switchOn();
        long[] meanwhile = clock(Uplink.Band.BULK, 120);
        assertThat(p999(meanwhile)).isGreaterThan(10_000_000);
    }
}
