package org.ekicho.netboot.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.ekicho.wire.MacAddress;

/// "Install this on that machine", said by a person. It is carried out once, within its time.
///
/// @param id        short and unique: `3f9a1c`
/// @param mac       the machine's interface
/// @param profile   what is to be installed
/// @param by        who armed it
/// @param armedAt   when
/// @param expiresAt from then on it counts for nothing
/// @param state     what became of it
/// @param token     SHA-256, in hexadecimal, of the secret that opens its answer file; empty before a script was given
public record InstallOrder(
        String id,
        MacAddress mac,
        String profile,
        String by,
        Instant armedAt,
        Instant expiresAt,
        State state,
        Optional<String> token) {
    /// How long an order waits for its machine unless told.
    public static final Duration DEFAULT_LIFE = Duration.ofHours(2);
    /// An order that nobody remembers is an accident in waiting.
    public static final Duration MAX_LIFE = Duration.ofDays(7);

    /// What became of an order.
    public enum State {
        /// Waits for its machine.
        ARMED,
        /// The kernel was fetched: a second boot does not install again.
        STARTED,
        /// The answer file was fetched in full: its secret opens nothing any more.
        ANSWERED,
        /// The installer reported its end.
        DONE,
        /// A person took it back.
        CANCELLED;

        boolean isBefore(State other) {
            return ordinal() < other.ordinal();
        }
    }

    public InstallOrder {
        Duration life = Duration.between(armedAt, expiresAt);
        if (life.isNegative() || life.isZero() || life.compareTo(MAX_LIFE) > 0) {
            throw new IllegalArgumentException(
                    "an order lives up to " + MAX_LIFE.toDays() + " days, not " + life.toSeconds() + " s");
        }
    }

    /// True while a boot of its machine would install.
    public boolean isArmed(Instant now) {
        return state == State.ARMED && now.isBefore(expiresAt);
    }

    /// True while its answer file may be fetched: the installer runs after the kernel was fetched, within the hour or
    /// so that a slow machine takes.
    public boolean mayBeAnswered(Instant now) {
        return (state == State.ARMED || state == State.STARTED) && now.isBefore(expiresAt.plus(DEFAULT_LIFE));
    }

    InstallOrder in(State next) {
        return state.isBefore(next) ? new InstallOrder(id, mac, profile, by, armedAt, expiresAt, next, token) : this;
    }

    InstallOrder with(String tokenDigest) {
        return new InstallOrder(id, mac, profile, by, armedAt, expiresAt, state, Optional.of(tokenDigest));
    }
}
