package org.ekicho.daemon.time;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.ekicho.daemon.supervision.Version;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.access.ClientEntry;
import org.ekicho.ntp.control.ControlAction;
import org.ekicho.ntp.control.ControlFacts;
import org.ekicho.ntp.control.ControlIdentity;
import org.ekicho.ntp.control.ControlServer;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.ntp.view.TimeView;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.Moment;

/// Answers control queries (ntpq) on the engine's thread.
final class ControlDesk {
    /// Bytes of salt: nobody guesses a nonce.
    private static final int SALT = 32;

    private final Serving serving;
    private final ControlServer server;
    private final AtomicLongArray counters = new AtomicLongArray(NtpReason.values().length);

    ControlDesk(TimeSettings settings, Serving serving, RandomGenerator dice) {
        this.serving = serving;
        byte[] salt = new byte[SALT];
        dice.nextBytes(salt);
        this.server = new ControlServer(settings, identity(), salt);
    }

    private static ControlIdentity identity() {
        return new ControlIdentity(
                "ekicho " + Version.NUMBER,
                machine(System.getProperty("os.arch", "unknown")),
                System.getProperty("os.name", "unknown") + "/" + System.getProperty("os.version", "unknown"));
    }

    /// The kernel's name of a processor that Java calls by another.
    private static String machine(String arch) {
        return arch.equals("amd64") ? "x86_64" : arch;
    }

    /// Answers a query to nobody, so that the first real one does not wait for classes to load: the ntpstat that is a
    /// shell script waits for 100 ms.
    void rehearse(TimeView view, Moment now) {
        Datagram readVariables = new Datagram().payload(new byte[] {0x16, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        server.answer(readVariables.peer(IpAddress.LOOPBACK_V4, 0), facts(() -> view), now);
    }

    void answer(Datagram query, Supplier<TimeView> view, Moment now, Sending sending) {
        switch (server.answer(query, facts(view), now)) {
            case ControlAction.Replies replies -> {
                counters.incrementAndGet(replies.reason().ordinal());
                replies.fragments().forEach(sending::reply);
            }
            case ControlAction.Drop drop ->
                counters.incrementAndGet(drop.reason().ordinal());
        }
    }

    private ControlFacts facts(Supplier<TimeView> view) {
        return new ControlFacts() {
            @Override
            public TimeView view() {
                return view.get();
            }

            @Override
            public long[] counters() {
                return serving.counters();
            }

            @Override
            public List<ClientEntry> clients(int limit) {
                return serving.clients(limit);
            }
        };
    }

    /// How many queries came to this end.
    long count(NtpReason reason) {
        return counters.get(reason.ordinal());
    }
}
