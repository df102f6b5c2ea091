package org.ekicho.ntp.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ekicho.ntp.association.Instruments;
import org.ekicho.ntp.association.Interval;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.ntp.settings.SourceSettings;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.Moment;

/// The `server`, `pool` and `peer` lines and the associations that came of them.
public final class UnicastSources {
    /// How many addresses of one pool are followed: enough to outvote a falseticker (RFC 8633 §3.2).
    private static final int POOL_SIZE = 4;

    private final List<Line> lines = new ArrayList<>();
    private final double maxDistance;
    private final Instruments instruments;

    private record Line(SourceSettings settings, List<UnicastAssociation> associations) {}

    /// Sources given by numeric address start at once; names start when they are resolved.
    public UnicastSources(List<SourceSettings> settings, double maxDistance, Instruments instruments, Moment now) {
        this.maxDistance = maxDistance;
        this.instruments = instruments;
        for (SourceSettings one : settings) {
            Line line = new Line(one, new ArrayList<>());
            lines.add(line);
            IpAddress.parse(one.host()).ifPresent(address -> add(line, address, now));
        }
    }

    private void add(Line line, IpAddress address, Moment now) {
        Endpoint server = new Endpoint(address, line.settings.port());
        if (find(server).isEmpty()) {
            line.associations.add(new UnicastAssociation(line.settings, server, maxDistance, instruments, now));
        }
    }

    /// The addresses behind a line now. A server that answers is kept even when its name now means another one.
    public void resolved(int index, List<IpAddress> addresses, Moment now, Consumer<TimeAction> out) {
        Line line = lines.get(index);
        int wanted = line.settings.kind() == SourceSettings.Kind.POOL ? POOL_SIZE : 1;
        line.associations.removeIf(association -> !association.isReachable()
                && !addresses.isEmpty()
                && !addresses.contains(association.server().address()));
        for (IpAddress address : addresses) {
            if (line.associations.size() >= wanted) {
                return;
            }
            int before = line.associations.size();
            add(line, address, now);
            if (line.associations.size() > before && !line.settings.host().equals(address.toString())) {
                out.accept(new TimeAction.Report(
                        TimeAction.Severity.INFO, line.settings.host() + " is " + address + ": asked from now on"));
            }
        }
    }

    public Optional<UnicastAssociation> find(Endpoint server) {
        for (Line line : lines) {
            for (UnicastAssociation association : line.associations) {
                if (association.server().equals(server)) {
                    return Optional.of(association);
                }
            }
        }
        return Optional.empty();
    }

    /// True when a machine is asked by unicast, at whatever port.
    public boolean asks(IpAddress address) {
        return all().stream()
                .anyMatch(association -> association.server().address().equals(address));
    }

    public List<UnicastAssociation> all() {
        List<UnicastAssociation> all = new ArrayList<>();
        lines.forEach(line -> all.addAll(line.associations));
        return all;
    }

    public void advance(Moment now, Consumer<TimeAction> out) {
        all().forEach(association -> association.advance(now, out));
    }

    public long deadlineNanos() {
        return all().stream().mapToLong(UnicastAssociation::deadlineNanos).min().orElse(Interval.NEVER);
    }
}
