package org.ekicho.host.net;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.ekicho.host.linux.SystemCallException;
import org.ekicho.wire.MacAddress;

/// Hears who asks for IPv6 routers on one interface, and tells one machine that there is none. Needs CAP_NET_RAW.
public final class SolicitationSocket implements Closeable {
    /// Load a byte, load 16 bits, jump when equal, return: codes of classic BPF.
    private static final long LOAD_8 = 0x30;

    private static final long LOAD_16 = 0x28;
    private static final long EQUALS = 0x15;
    private static final long RETURN = 0x06;

    private final FrameSocket frames;
    private final MacAddress own;

    private SolicitationSocket(FrameSocket frames, MacAddress own) {
        this.frames = frames;
        this.own = own;
    }

    /// @param interfaceIndex an Ethernet interface
    /// @param own            its hardware address
    /// @throws SystemCallException without CAP_NET_RAW; says so
    public static SolicitationSocket open(int interfaceIndex, MacAddress own) throws IOException {
        FrameSocket frames = FrameSocket.open(interfaceIndex, RouterSolicitation.ETHER_TYPE, "IPv6");
        try {
            frames.filter(
                    instruction(LOAD_16, 0, 0, 12),
                    instruction(EQUALS, 0, 5, RouterSolicitation.ETHER_TYPE),
                    instruction(LOAD_8, 0, 0, RouterSolicitation.NEXT_HEADER_AT),
                    instruction(EQUALS, 0, 3, RouterSolicitation.ICMP),
                    instruction(LOAD_8, 0, 0, RouterSolicitation.TYPE_AT),
                    instruction(EQUALS, 0, 1, RouterSolicitation.SOLICITATION),
                    instruction(RETURN, 0, 0, 0xffff),
                    instruction(RETURN, 0, 0, 0));
        } catch (IOException e) {
            frames.close();
            throw e;
        }
        return new SolicitationSocket(frames, own);
    }

    private static long instruction(long code, long whenTrue, long whenFalse, long value) {
        return (code << 48) | (whenTrue << 40) | (whenFalse << 32) | value;
    }

    /// Waits for a question at most this long.
    ///
    /// @return what came; empty when the time is over, something else came, or it is closed
    public Optional<RouterSolicitation> hear(long timeoutNanos) throws IOException {
        return frames.hear(timeoutNanos).flatMap(frame -> RouterSolicitation.decode(frame, frame.length));
    }

    /// Tells this machine, and no other, that there is no router.
    public void advertiseNone(RouterSolicitation asked) throws IOException {
        frames.send(asked.none(own));
    }

    @Override
    public void close() {
        frames.close();
    }
}
