package org.ekicho.wire;

import java.util.Arrays;

/// One UDP datagram with all that the kernel said of it. Mutable and reused on purpose: a socket fills the same few
/// over and over, so that a busy server allocates nothing per packet. Whoever keeps one beyond the call it was
/// handed to takes a `copy()`.
///
/// Addresses stand as raw 128-bit pairs (IPv4 mapped, as in [IpAddress]) for the same reason.
public final class Datagram {
    /// Room for a payload. No protocol here needs more than an Ethernet frame without fragments (1500 - 20 - 8).
    public static final int CAPACITY = 1472;

    /// The payload; only the first `length` bytes count.
    public final byte[] bytes = new byte[CAPACITY];
    /// Bytes of payload, 0..CAPACITY.
    public int length;
    /// The peer: who sent it, or whom it goes to.
    public long peerHigh;

    public long peerLow;
    public int peerPort;
    /// Our side: the address that it was sent to (may be a group or a broadcast address), or the one that it leaves
    /// from; zero when unknown or for the kernel to choose.
    public long localHigh;

    public long localLow;
    /// The interface that it came in by, or must leave by; 0 when unknown or for the kernel to choose.
    public int interfaceIndex;
    /// When the kernel received it: nanoseconds since 1970-01-01 UTC by the host clock.
    public long receivedAtNanos;

    public IpAddress peer() {
        return new IpAddress(peerHigh, peerLow);
    }

    public IpAddress local() {
        return new IpAddress(localHigh, localLow);
    }

    public Endpoint peerEndpoint() {
        return new Endpoint(peer(), peerPort);
    }

    public boolean isPeerV4() {
        return peerHigh == 0 && (peerLow >>> 32) == 0xffff;
    }

    public Datagram peer(IpAddress address, int port) {
        peerHigh = address.high();
        peerLow = address.low();
        peerPort = port;
        return this;
    }

    public Datagram local(IpAddress address, int index) {
        localHigh = address.high();
        localLow = address.low();
        interfaceIndex = index;
        return this;
    }

    /// Takes the first `CAPACITY` bytes of `payload` at most; a longer one is cut, as a socket would.
    public Datagram payload(byte[] payload) {
        length = Math.min(payload.length, CAPACITY);
        System.arraycopy(payload, 0, bytes, 0, length);
        return this;
    }

    /// The payload alone, as a new array.
    public byte[] toPayload() {
        return Arrays.copyOf(bytes, length);
    }

    public Datagram copy() {
        return new Datagram().copyFrom(this);
    }

    /// Becomes what `other` is, without allocating.
    public Datagram copyFrom(Datagram other) {
        System.arraycopy(other.bytes, 0, bytes, 0, other.length);
        length = other.length;
        peerHigh = other.peerHigh;
        peerLow = other.peerLow;
        peerPort = other.peerPort;
        localHigh = other.localHigh;
        localLow = other.localLow;
        interfaceIndex = other.interfaceIndex;
        receivedAtNanos = other.receivedAtNanos;
        return this;
    }

    @Override
    public String toString() {
        return length + " bytes, peer " + peerEndpoint() + ", local " + local() + " on interface " + interfaceIndex;
    }
}
