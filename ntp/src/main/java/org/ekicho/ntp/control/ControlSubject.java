package org.ekicho.ntp.control;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.access.ClientEntry;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.ntp.view.ReasonCount;
import org.ekicho.ntp.view.TimeView;
import org.ekicho.wire.Moment;
import org.jspecify.annotations.Nullable;

/// All that one query may be answered from. What costs the server something is asked for when it is needed, and once.
final class ControlSubject {
    private final TimeSettings settings;
    private final ControlIdentity identity;
    private final ControlFacts facts;
    private final ClientPicture picture;
    private final TimeView view;
    private final Moment now;
    private final long queries;
    private long @Nullable [] counters;

    /// @param view    has one association at least
    /// @param queries control queries so far, this one included
    ControlSubject(
            TimeSettings settings,
            ControlIdentity identity,
            ControlFacts facts,
            ClientPicture picture,
            TimeView view,
            Moment now,
            long queries) {
        this.settings = settings;
        this.identity = identity;
        this.facts = facts;
        this.picture = picture;
        this.view = view;
        this.now = now;
        this.queries = queries;
    }

    TimeSettings settings() {
        return settings;
    }

    ControlIdentity identity() {
        return identity;
    }

    TimeView view() {
        return view;
    }

    Moment now() {
        return now;
    }

    long queries() {
        return queries;
    }

    Optional<AssociationView> systemPeer() {
        return view.find(view.systemPeer());
    }

    /// Whole seconds since the service started.
    long uptime() {
        return Math.max(0, now.clockNanos() - view.startedNanos()) / 1_000_000_000L;
    }

    /// Packets that came to one of these ends: those for the server, and those for our own associations.
    long count(NtpReason... reasons) {
        long[] counts = counters();
        return Arrays.stream(reasons)
                .mapToLong(reason -> counts[reason.ordinal()] + countOfEngine(reason))
                .sum();
    }

    private long countOfEngine(NtpReason reason) {
        Stream<ReasonCount> refusals = view.associations().stream().flatMap(peer -> peer.refusals().stream());
        long refused = Stream.concat(refusals, view.strays().stream())
                .filter(one -> one.reason() == reason)
                .mapToLong(ReasonCount::count)
                .sum();
        return reason == NtpReason.OK ? refused + receivedByAssociations() : refused;
    }

    /// Good packets of our own sources.
    private long receivedByAssociations() {
        return view.associations().stream()
                .filter(peer -> !PeerVariables.isClock(peer))
                .mapToLong(AssociationView::received)
                .sum();
    }

    /// All packets that were received, control queries included.
    long countAll() {
        return queries + count(NtpReason.values());
    }

    /// Answers, and requests and broadcasts of our own; control replies are not counted.
    long sent() {
        long[] counts = counters();
        long own = view.associations().stream()
                .filter(peer -> !PeerVariables.isClock(peer))
                .mapToLong(AssociationView::sent)
                .sum();
        return own + counts[NtpReason.OK.ordinal()] + counts[NtpReason.RATE_KISSED.ordinal()];
    }

    private long[] counters() {
        if (counters == null) {
            counters = facts.counters();
        }
        return counters;
    }

    /// Every client that is remembered, newest first.
    List<ClientEntry> clients() {
        return picture.of(facts, now.monotonicNanos());
    }
}
