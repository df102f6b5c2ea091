package org.ekicho.ntp.settings;

import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.access.RestrictRule;
import org.ekicho.ntp.auth.KeyRing;

/// The parts of [TimeSettings], which say what each is, while they are put together. Mutable; [#done] checks them.
public final class TimeSettingsDraft {
    public ClockMode clock;
    public int port;
    public List<InterfaceRule> interfaces;
    public List<SourceSettings> sources;
    public Optional<LocalClockSettings> localClock;
    public boolean hostClock;
    public List<BroadcastSettings> broadcasts;
    public ReceiverSettings receiver;
    public KeyRing keys;
    public boolean authRequired;
    public boolean cryptoNak;
    public List<RestrictRule> restricts;
    public RateSettings rates;
    public SelectionSettings selection;
    public DisciplineSettings discipline;
    public boolean monitor;

    TimeSettingsDraft(TimeSettings settings) {
        clock = settings.clock();
        port = settings.port();
        interfaces = settings.interfaces();
        sources = settings.sources();
        localClock = settings.localClock();
        hostClock = settings.hostClock();
        broadcasts = settings.broadcasts();
        receiver = settings.receiver();
        keys = settings.keys();
        authRequired = settings.authRequired();
        cryptoNak = settings.cryptoNak();
        restricts = settings.restricts();
        rates = settings.rates();
        selection = settings.selection();
        discipline = settings.discipline();
        monitor = settings.monitor();
    }

    /// @throws IllegalArgumentException if a part has no sense
    public TimeSettings done() {
        return new TimeSettings(
                clock,
                port,
                interfaces,
                sources,
                localClock,
                hostClock,
                broadcasts,
                receiver,
                keys,
                authRequired,
                cryptoNak,
                restricts,
                rates,
                selection,
                discipline,
                monitor);
    }
}
