package org.ekicho.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.ekicho.ntp.packet.NtpMode;
import org.ekicho.ntp.settings.ReceiverSettings;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.ntp.view.TimeView;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;
import org.junit.jupiter.api.Test;

/// A thousand receivers of one keyed multicast server on a bad network, through everything that happens to a server.
class FleetTest {
    private static final int RECEIVERS = 1000;
    /// What a server sees at most: every receiver asks six times within the spread, half as many again for luck.
    private static final int REQUESTS_PER_SECOND =
            (int) (RECEIVERS * 6 * 3 / 2 / ReceiverSettings.DEFAULT_SPREAD.toSeconds());

    private static final long SECOND = 1_000_000_000L;
    private static final long SEED = Long.getLong("sim.seed", 1);
    private static final IpAddress SERVER = IpAddress.literal("10.0.0.1");
    private static final SimLink BAD =
            SimLink.of(1e-4, 1e-4).losing(0.10).doubling(0.02).reordering(0.02, 100);

    private final SplittableRandom dice = new SplittableRandom(SEED);
    private final SimQueue queue = new SimQueue();
    private final SimNetwork network =
            new SimNetwork(queue, IpPrefix.parse("10.0.0.0/16").orElseThrow(), BAD, dice.split());
    private final SimStation server =
            new SimStation(network, SimClock.perfect(dice.split()), SERVER, SimStation.Role.SERVES, dice.split());
    private final List<SimStation> receivers = new ArrayList<>();
    private final Map<Long, Integer> requests = new HashMap<>();

    private void switchOn(Duration startSpread) {
        network.tap(this::countRequests);
        server.start(Sites.multicastServer(10));
        for (int i = 0; i < RECEIVERS; i++) {
            SimClock clock = new SimClock(dice.nextDouble(-0.5, 0.5), dice.nextDouble(-5e-5, 5e-5), 1e-9, dice.split());
            IpAddress address = IpAddress.literal("10.0." + (1 + i / 250) + "." + (1 + i % 250));
            SimStation receiver = new SimStation(network, clock, address, SimStation.Role.ONLY_RECEIVES, dice.split());
            receivers.add(receiver);
            queue.at(
                    5 * SECOND + dice.nextLong(SECOND),
                    () -> receiver.start(Sites.multicastReceiver(Duration.ofMinutes(10), startSpread)));
        }
    }

    private void countRequests(long trueNanos, IpAddress from, Datagram datagram) {
        if (datagram.peer().equals(SERVER) && NtpMode.ofCode(datagram.bytes[0]) == NtpMode.CLIENT) {
            requests.merge(trueNanos / SECOND, 1, Integer::sum);
        }
    }

    private int mostRequestsInOneSecond() {
        return requests.values().stream().mapToInt(n -> n).max().orElse(0);
    }

    private void until(int second, String event) {
        queue.runUntil(second * SECOND);
        List<TimeView> views = receivers.stream().map(SimStation::view).toList();
        long synchronised =
                views.stream().filter(v -> v.state().isSynchronised()).count();
        double worst = receivers.stream()
                .mapToDouble(r -> Math.abs(r.clock().offsetSeconds(queue.now())))
                .max()
                .orElseThrow();
        long all = requests.values().stream().mapToInt(i -> i).sum();
        IO.println(String.format(
                "seed %d, %5d s, %-34s %4d of %d synchronised, worst clock off by %.3f ms, requests: %d, %d in one second at most",
                SEED, second, event, synchronised, RECEIVERS, worst * 1e3, all, mostRequestsInOneSecond()));
    }

    /// Each one follows the stream with this key, and is not further off than it says itself, nor than `most` seconds.
    private void assertAllFollow(int keyId, double most) {
        assertThat(receivers.stream().flatMap(r -> complaint(r, keyId, most).stream()))
                .isEmpty();
    }

    private Optional<String> complaint(SimStation receiver, int keyId, double most) {
        TimeView view = receiver.view();
        if (!view.state().isSynchronised()) {
            return Optional.of(receiver.address() + " " + view.sentence());
        }
        Optional<AssociationView> found = view.find(view.systemPeer());
        if (found.isEmpty()) {
            return Optional.of(receiver.address() + " has no system peer: " + view.sentence());
        }
        AssociationView peer = found.get();
        double off = Math.abs(receiver.clock().offsetSeconds(queue.now()));
        double bound =
                view.state().rootDispersionAt(view.madeNanos()) + view.state().rootDelay() / 2;
        boolean good = peer.kind() == AssociationView.Kind.BROADCAST_RECEIVER
                && peer.keyId() == keyId
                && off <= Math.min(bound, most);
        return good
                ? Optional.empty()
                : Optional.of(receiver.address() + " is off by " + off + " s, claims " + bound + ", follows key "
                        + peer.keyId() + ": " + peer.state());
    }

    @Test
    void all_follow_through_loss_restart_and_key_rotation_and_never_storm_the_server() {
        switchOn(ReceiverSettings.DEFAULT_SPREAD);
        until(900, "switched on together");
        assertAllFollow(10, 0.02);
        server.stop();
        until(1200, "server off for 300 s");
        server.start(Sites.multicastServer(10));
        until(1800, "server restarted");
        assertAllFollow(10, 0.005);
        server.start(Sites.multicastServer(10, 11));
        until(2400, "both keys sent");
        server.start(Sites.multicastServer(11));
        until(3600, "only the new key sent");
        assertAllFollow(11, 0.002);
        assertThat(mostRequestsInOneSecond()).isLessThanOrEqualTo(REQUESTS_PER_SECOND);
    }

    /// What the spread is for.
    @Test
    void without_a_spread_they_would_storm_the_server() {
        switchOn(Duration.ZERO);
        until(120, "switched on, no spread");
        assertThat(mostRequestsInOneSecond()).isGreaterThan(2 * REQUESTS_PER_SECOND);
    }
}
