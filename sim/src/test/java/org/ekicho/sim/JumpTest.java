package org.ekicho.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.ekicho.ntp.settings.ReceiverSettings;
import org.ekicho.ntp.settings.SourceSettings;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Somebody sets the clock of the only server while fifty others follow it.
class JumpTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long SEED = Long.getLong("sim.seed", 1);
    private static final int FOLLOWERS = 50;
    private static final int JUMP = 1000;
    /// Nobody follows before a jump has lasted for the classic stepout of 300 s.
    private static final int EARLIEST = JUMP + 300;
    /// One interval until the first sample after it, two more until it is believed, stepout, and some that get lost.
    private static final int LATEST = JUMP + 1100;

    private final SplittableRandom dice = new SplittableRandom(SEED);
    private final SimQueue queue = new SimQueue();
    private final SimNetwork network = new SimNetwork(
            queue,
            IpPrefix.parse("10.0.0.0/16").orElseThrow(),
            SimLink.of(1e-4, 1e-4).losing(0.1),
            dice.split());
    private final SimClock serverClock = SimClock.perfect(dice.split());
    private final SimStation server =
            new SimStation(network, serverClock, IpAddress.literal("10.0.0.1"), SimStation.Role.SERVES, dice.split());
    private final List<SimStation> followers = new ArrayList<>();

    @BeforeEach
    void say_the_seed() {
        IO.println("seed " + SEED);
        server.start(Sites.multicastServer(10));
    }

    private void switchOn(TimeSettings settings) {
        for (int i = 1; i <= FOLLOWERS; i++) {
            SimClock clock = new SimClock(dice.nextDouble(-0.5, 0.5), dice.nextDouble(-5e-5, 5e-5), 1e-9, dice.split());
            IpAddress address = IpAddress.literal("10.0.1." + i);
            SimStation follower = new SimStation(network, clock, address, SimStation.Role.ONLY_RECEIVES, dice.split());
            follower.start(settings);
            followers.add(follower);
        }
    }

    private long nearServerAt(int second) {
        queue.runUntil(second * SECOND);
        return followers.stream()
                .filter(f ->
                        Math.abs(f.clock().offsetSeconds(queue.now()) - serverClock.offsetSeconds(queue.now())) < 0.002)
                .filter(f -> f.view().state().isSynchronised())
                .count();
    }

    private void assertAllJumpAfterStepout(double seconds) {
        assertThat(nearServerAt(JUMP)).isEqualTo(FOLLOWERS);
        serverClock.step(seconds, queue.now());
        assertThat(nearServerAt(EARLIEST)).isZero();
        assertThat(nearServerAt(LATEST)).isEqualTo(FOLLOWERS);
    }

    /// Backwards, transmit stamps fall below the replay floor: the volley proves that it is the server and no replay.
    @ParameterizedTest
    @ValueSource(doubles = {-100, -1, 1, 100})
    void receivers_of_multicasts_follow_once_it_lasted(double seconds) {
        switchOn(Sites.multicastReceiver(ReceiverSettings.DEFAULT_REMEASURE, ReceiverSettings.DEFAULT_SPREAD));
        assertAllJumpAfterStepout(seconds);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-100, -1, 1, 100})
    void clients_follow_once_it_lasted(double seconds) {
        switchOn(Sites.client(List.of(SourceSettings.server("10.0.0.1"))));
        assertAllJumpAfterStepout(seconds);
    }
}
