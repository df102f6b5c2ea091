package org.ekicho.ntp.settings;

import java.time.Duration;
import java.util.List;
import org.ekicho.wire.IpAddress;

/// `broadcastclient`, `multicastclient` and `broadcastdelay`.
///
/// @param broadcast   follow subnet broadcasts
/// @param groups      multicast groups to join; empty: none
/// @param interfaces  names of the interfaces to join on; empty: every suitable one
/// @param volley      measure the delay by unicast; without it `fixedDelay` is taken
/// @param fixedDelay  one-way delay assumed when no volley is made. Classic default 4 ms
/// @param remeasure   mean time between later measurements of the delay, jittered by a quarter to both sides; zero:
/// never
/// @param startSpread the volley begins at a random time within this of the first packet, so that many receivers
///                    switched on together do not ask the server in the same second
/// @param maxSenders  how many senders may be followed at once
public record ReceiverSettings(
        boolean broadcast,
        List<IpAddress> groups,
        List<String> interfaces,
        boolean volley,
        Duration fixedDelay,
        Duration remeasure,
        Duration startSpread,
        int maxSenders) {
    public static final Duration DEFAULT_DELAY = Duration.ofMillis(4);
    public static final Duration DEFAULT_REMEASURE = Duration.ofSeconds(2048);
    public static final Duration DEFAULT_SPREAD = Duration.ofSeconds(30);
    /// Enough for the key-rotation pairs of a handful of servers, few enough that a flood of forged senders with a
    /// leaked key costs nothing.
    public static final int DEFAULT_SENDERS = 16;

    /// Receives nothing.
    public static final ReceiverSettings OFF = new ReceiverSettings(
            false, List.of(), List.of(), true, DEFAULT_DELAY, DEFAULT_REMEASURE, DEFAULT_SPREAD, DEFAULT_SENDERS);

    public ReceiverSettings {
        groups = List.copyOf(groups);
        interfaces = List.copyOf(interfaces);
    }

    public boolean isOn() {
        return broadcast || !groups.isEmpty();
    }
}
