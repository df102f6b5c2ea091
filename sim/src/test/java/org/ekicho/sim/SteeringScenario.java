package org.ekicho.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.ekicho.ntp.auth.KeyRing;
import org.ekicho.ntp.settings.ReceiverSettings;
import org.ekicho.ntp.settings.SourceSettings;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;

/// A client that steers its clock and some servers, after chrony's simulated tests (`test/simulation`).
///
/// @param name         for people
/// @param seconds      length in true time
/// @param offset       of the client's clock at first, seconds
/// @param frequency    error of its oscillator, seconds per second
/// @param wander       of its oscillator, per square root of a second
/// @param link         between any two
/// @param serversAhead by how many seconds each server's clock is ahead of true time; one entry per server
/// @param limit        what a good clock stays within
/// @param countedFrom  second from which on the clock must be good
record SteeringScenario(
        String name,
        int seconds,
        double offset,
        double frequency,
        double wander,
        SimLink link,
        List<Double> serversAhead,
        ClockStatistics.Result limit,
        int countedFrom) {
    private static final IpPrefix SUBNET = IpPrefix.parse("10.0.0.0/16").orElseThrow();
    private static final long SECOND = 1_000_000_000L;

    /// chrony's defaults (`test.common`): 10,000 s; 0.1 s and 100 ppm off; 100 us of delay and as much jitter.
    static final SteeringScenario DEFAULT = new SteeringScenario(
            "defaults",
            10_000,
            0.1,
            1e-4,
            1e-9,
            SimLink.of(1e-4, 1e-4),
            List.of(0.0),
            new ClockStatistics.Result(1e-3, 5e-4, 3e-4, 1e-5, 210),
            210);

    SteeringScenario named(String other, double newOffset, SimLink newLink, int syncTime) {
        ClockStatistics.Result newLimit = new ClockStatistics.Result(
                limit.offsetMax(), limit.rateMax(), limit.offsetRms(), limit.rateRms(), syncTime);
        return new SteeringScenario(
                other, seconds, newOffset, frequency, wander, newLink, serversAhead, newLimit, syncTime);
    }

    SteeringScenario wandering(double newWander, ClockStatistics.Result newLimit) {
        return new SteeringScenario(
                name, seconds, offset, frequency, newWander, link, serversAhead, newLimit, countedFrom);
    }

    SteeringScenario running(double newFrequency) {
        return new SteeringScenario(
                name, seconds, offset, newFrequency, wander, link, serversAhead, limit, countedFrom);
    }

    SteeringScenario within(ClockStatistics.Result newLimit) {
        return wandering(wander, newLimit);
    }

    SteeringScenario withServers(List<Double> ahead) {
        return new SteeringScenario(name, seconds, offset, frequency, wander, link, ahead, limit, countedFrom);
    }

    /// What came of it.
    ///
    /// @param statistics of the client's clock
    /// @param client     as it stands at the end
    record Outcome(ClockStatistics.Result statistics, SimStation client) {}

    Outcome run(long seed) {
        SplittableRandom dice = new SplittableRandom(seed);
        SimQueue queue = new SimQueue();
        SimNetwork network = new SimNetwork(queue, SUBNET, link, dice.split());
        List<SourceSettings> sources = new ArrayList<>();
        for (int i = 0; i < serversAhead.size(); i++) {
            IpAddress address = IpAddress.literal("10.0.0." + (i + 1));
            SimClock truth = new SimClock(serversAhead.get(i), 0, 0, dice.split());
            new SimStation(network, truth, address, SimStation.Role.SERVES, dice.split())
                    .start(Sites.server(KeyRing.EMPTY, List.of()));
            sources.add(SourceSettings.server(address.toString()));
        }
        SimClock clock = new SimClock(offset, frequency, wander, dice.split());
        SimStation client = new SimStation(
                network, clock, IpAddress.literal("10.0.1.1"), SimStation.Role.ONLY_RECEIVES, dice.split());
        client.start(Sites.client(sources));
        return new Outcome(watch(queue, clock), client);
    }

    /// The same client, which follows the keyed multicasts of the first server instead.
    Outcome runByMulticast(long seed) {
        SplittableRandom dice = new SplittableRandom(seed);
        SimQueue queue = new SimQueue();
        SimNetwork network = new SimNetwork(queue, SUBNET, link, dice.split());
        SimClock truth = new SimClock(serversAhead.getFirst(), 0, 0, dice.split());
        new SimStation(network, truth, IpAddress.literal("10.0.0.1"), SimStation.Role.SERVES, dice.split())
                .start(Sites.multicastServer(10));
        SimClock clock = new SimClock(offset, frequency, wander, dice.split());
        SimStation client = new SimStation(
                network, clock, IpAddress.literal("10.0.1.1"), SimStation.Role.ONLY_RECEIVES, dice.split());
        client.start(Sites.multicastReceiver(ReceiverSettings.DEFAULT_REMEASURE, ReceiverSettings.DEFAULT_SPREAD));
        return new Outcome(watch(queue, clock), client);
    }

    private ClockStatistics.Result watch(SimQueue queue, SimClock clock) {
        ClockStatistics statistics = new ClockStatistics(limit.offsetMax(), limit.rateMax());
        for (int second = 1; second <= seconds; second++) {
            queue.runUntil(second * SECOND);
            ClockStatistics.Counted counted =
                    second > countedFrom ? ClockStatistics.Counted.YES : ClockStatistics.Counted.NO;
            statistics.sample(second, clock.offsetSeconds(queue.now()), clock.rateError(), counted);
        }
        return statistics.result();
    }
}
