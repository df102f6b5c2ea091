package org.ekicho.daemon.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ekicho.ntp.auth.KeyRing;
import org.ekicho.ntp.auth.KeyType;
import org.ekicho.ntp.auth.SymmetricKey;
import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.ntp.settings.BroadcastSettings;
import org.ekicho.ntp.settings.ClockMode;
import org.ekicho.ntp.settings.DisciplineSettings;
import org.ekicho.ntp.settings.InterfaceRule;
import org.ekicho.ntp.settings.LocalClockSettings;
import org.ekicho.ntp.settings.RateSettings;
import org.ekicho.ntp.settings.ReceiverSettings;
import org.ekicho.ntp.settings.SelectionSettings;
import org.ekicho.ntp.settings.SourceSettings;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;

/// The settings of the machines on the stage: what an operator would write, with intervals short enough to watch.
///
/// @param port  UDP port of all of them
/// @param group the multicast group
public record DemoSettings(int port, IpAddress group) {
    /// The id of the key that they share.
    public static final int KEY_ID = 10;
    /// log2 seconds between two packets of the stream: the shortest there is.
    private static final int STREAM_POLL = 1;
    private static final int MIN_POLL = 1;
    private static final int MAX_POLL = 3;
    /// fudge stratum of the server's own clock.
    private static final int STRATUM = 9;

    /// The secret that they share.
    public static SymmetricKey sharedKey() {
        return key("all aboard, mind the gap");
    }

    /// A key of the same id with another secret.
    public static SymmetricKey otherKey() {
        return key("no entry for travellers!");
    }

    private static SymmetricKey key(String secret) {
        return new SymmetricKey(KEY_ID, KeyType.SHA1, secret.getBytes(StandardCharsets.US_ASCII), List.of());
    }

    /// Serves its own clock and sends a keyed stream to the group.
    public TimeSettings server(IpAddress own) {
        return settings(
                own,
                ClockMode.OBSERVE,
                List.of(),
                Optional.of(new LocalClockSettings(STRATUM, true, ReferenceId.LOCAL_CLOCK)),
                List.of(new BroadcastSettings(group, port, KEY_ID, STREAM_POLL, 1, 4, List.of("lo"))),
                ReceiverSettings.OFF,
                sharedKey());
    }

    /// Asks `server` by unicast, and steers its clock.
    public TimeSettings unicast(IpAddress own, IpAddress server, SymmetricKey key) {
        SourceSettings source = new SourceSettings(
                SourceSettings.Kind.SERVER,
                server.toString(),
                port,
                KEY_ID,
                true,
                false,
                false,
                MIN_POLL,
                MAX_POLL,
                4,
                false,
                false);
        return settings(own, ClockMode.STEER, List.of(source), Optional.empty(), List.of(), ReceiverSettings.OFF, key);
    }

    /// Follows the stream sent to `heard`, and steers its clock.
    public TimeSettings multicast(IpAddress own, IpAddress heard, SymmetricKey key) {
        ReceiverSettings receiver = new ReceiverSettings(
                false,
                List.of(heard),
                List.of("lo"),
                true,
                ReceiverSettings.DEFAULT_DELAY,
                ReceiverSettings.DEFAULT_REMEASURE,
                Duration.ofSeconds(1),
                ReceiverSettings.DEFAULT_SENDERS);
        return settings(own, ClockMode.STEER, List.of(), Optional.empty(), List.of(), receiver, key);
    }

    private TimeSettings settings(
            IpAddress own,
            ClockMode clock,
            List<SourceSettings> sources,
            Optional<LocalClockSettings> localClock,
            List<BroadcastSettings> streams,
            ReceiverSettings receiver,
            SymmetricKey key) {
        return new TimeSettings(
                clock,
                port,
                onlyOn(own),
                sources,
                localClock,
                false,
                streams,
                receiver,
                new KeyRing(List.of(key), Set.of(KEY_ID)),
                true,
                false,
                List.of(),
                RateSettings.CLASSIC,
                SelectionSettings.CLASSIC,
                DisciplineSettings.DEFAULT,
                true);
    }

    /// `interface ignore wildcard`, `interface listen OWN`: several machines share one.
    private static List<InterfaceRule> onlyOn(IpAddress own) {
        return List.of(
                new InterfaceRule(InterfaceRule.Action.IGNORE, Optional.of("wildcard"), Optional.empty()),
                new InterfaceRule(InterfaceRule.Action.LISTEN, Optional.empty(), Optional.of(IpPrefix.host(own))));
    }
}
