package org.ekicho.ntp.settings;

import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.access.RestrictRule;
import org.ekicho.ntp.auth.KeyRing;

/// All that an operator decided about time, whichever file it was said in.
///
/// @param clock        whether the host clock is only read or also steered
/// @param port         UDP port served, 123 but in tests and demos
/// @param interfaces   which interfaces and addresses take part; empty: all
/// @param sources      `server`, `pool`, `peer` lines
/// @param localClock   `server 127.127.1.0` with its fudge
/// @param hostClock    whether the host's own synchronised clock counts as a source (observe mode)
/// @param broadcasts   `broadcast` lines: streams that we send
/// @param receiver     `broadcastclient` and `multicastclient`
/// @param keys         key file and `trustedkey`
/// @param authRequired `enable auth`: new broadcast senders are followed only with a good MAC
/// @param cryptoNak    answer a bad MAC with a crypto-NAK; off unless asked for
/// @param restricts    access list, in file order
/// @param rates        `discard`
/// @param selection    `tos`
/// @param discipline   `tinker` and limits of steering
/// @param monitor      `enable monitor`: keep the list of clients
public record TimeSettings(
        ClockMode clock,
        int port,
        List<InterfaceRule> interfaces,
        List<SourceSettings> sources,
        Optional<LocalClockSettings> localClock,
        boolean hostClock,
        List<BroadcastSettings> broadcasts,
        ReceiverSettings receiver,
        KeyRing keys,
        boolean authRequired,
        boolean cryptoNak,
        List<RestrictRule> restricts,
        RateSettings rates,
        SelectionSettings selection,
        DisciplineSettings discipline,
        boolean monitor) {
    public TimeSettings {
        interfaces = List.copyOf(interfaces);
        sources = List.copyOf(sources);
        broadcasts = List.copyOf(broadcasts);
        restricts = List.copyOf(restricts);
        if (port < 1 || port > 0xffff) {
            throw new IllegalArgumentException("a port is 1..65535, not " + port);
        }
    }

    /// Serves nothing but the host's clock, to all who ask, without keys: the smallest complete settings.
    public static TimeSettings minimal() {
        return new TimeSettings(
                ClockMode.OBSERVE,
                123,
                List.of(),
                List.of(),
                Optional.empty(),
                true,
                List.of(),
                ReceiverSettings.OFF,
                KeyRing.EMPTY,
                true,
                false,
                List.of(),
                RateSettings.CLASSIC,
                SelectionSettings.CLASSIC,
                DisciplineSettings.DEFAULT,
                true);
    }

    /// A copy whose parts can be changed one by one.
    public TimeSettingsDraft draft() {
        return new TimeSettingsDraft(this);
    }

    /// The same with another rule for the host clock.
    public TimeSettings withClock(ClockMode mode) {
        TimeSettingsDraft draft = draft();
        draft.clock = mode;
        return draft.done();
    }

    /// The same on another port.
    public TimeSettings withPort(int other) {
        TimeSettingsDraft draft = draft();
        draft.port = other;
        return draft.done();
    }

    /// The same with other keys.
    public TimeSettings withKeys(KeyRing ring) {
        TimeSettingsDraft draft = draft();
        draft.keys = ring;
        return draft.done();
    }

    /// The same with another access list.
    public TimeSettings withRestricts(List<RestrictRule> rules) {
        TimeSettingsDraft draft = draft();
        draft.restricts = rules;
        return draft.done();
    }
}
