package org.ekicho.netboot.trace;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.ekicho.netboot.client.ClientArch;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// All that is kept of one machine. Immutable.
///
/// @param uuid        empty until a packet told it
/// @param addresses   that it was given or used lately
/// @param arch        as its firmware said last
/// @param vendorClass as its firmware said last; empty text when it did not
/// @param attempts    the last few, the newest last
/// @param orders      the last few changes of install orders, the newest last
public record MachineTrace(
        MacAddress mac,
        Optional<UUID> uuid,
        Set<IpAddress> addresses,
        Optional<ClientArch> arch,
        String vendorClass,
        List<BootAttempt> attempts,
        List<BootEvent.Order> orders) {
    public MachineTrace {
        addresses = Set.copyOf(addresses);
        attempts = List.copyOf(attempts);
        orders = List.copyOf(orders);
    }

    /// The newest attempt; empty when the machine has only been named by an order.
    public Optional<BootAttempt> latest() {
        return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast());
    }

    /// The attempt of this number, if it is still kept.
    public Optional<BootAttempt> attempt(int number) {
        return attempts.stream().filter(attempt -> attempt.number() == number).findFirst();
    }

    /// The verdict over an attempt of these.
    ///
    /// @param now of the events' clock: decides whether silence has lasted long enough to mean something
    public Diagnosis diagnose(BootAttempt attempt, long now) {
        return Diagnosis.of(this, attempt, now);
    }
}
