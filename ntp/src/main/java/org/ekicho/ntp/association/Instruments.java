package org.ekicho.ntp.association;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.ekicho.ntp.auth.Authenticator;
import org.ekicho.ntp.packet.ReferenceId;
import org.ekicho.wire.IpAddress;

/// What all associations of an engine share. Belongs to the engine's thread.
public final class Instruments {
    /// Ids are 16 bits wide and never 0 (RFC 9327 §2).
    private static final int MAX_ID = 0xffff;

    private final Authenticator authenticator;
    private final RandomGenerator dice;
    private final int precision;
    private final OrphanRule orphans;
    private Set<IpAddress> ownAddresses = Set.of();
    private int lastId;

    /// @param precision log2 seconds of our clock
    public Instruments(Authenticator authenticator, RandomGenerator dice, int precision, OrphanRule orphans) {
        this.authenticator = authenticator;
        this.dice = dice;
        this.precision = precision;
        this.orphans = orphans;
        this.lastId = dice.nextInt(1_000, 50_000);
    }

    public Authenticator authenticator() {
        return authenticator;
    }

    public RandomGenerator dice() {
        return dice;
    }

    public OrphanRule orphans() {
        return orphans;
    }

    public int precision() {
        return precision;
    }

    /// 2^precision.
    public double precisionSeconds() {
        return Math.scalb(1.0, precision);
    }

    /// An id that no association has had for the last 65,000.
    public int nextId() {
        lastId = lastId % MAX_ID + 1;
        return lastId;
    }

    public void ownAddresses(Collection<IpAddress> addresses) {
        ownAddresses = new TreeSet<>(addresses);
    }

    public boolean isOwn(IpAddress address) {
        return ownAddresses.contains(address);
    }

    /// True when a source of this stratum and reference takes its time from us (RFC 5905 §11.2.1, the loop test).
    /// Loopback addresses are no evidence: every host has them.
    public boolean isLoop(int stratum, int referenceId) {
        if (stratum < 2) {
            return false;
        }
        for (IpAddress own : ownAddresses) {
            if (!own.isLoopback() && ReferenceId.ofAddress(own) == referenceId) {
                return true;
            }
        }
        return false;
    }
}
