package org.ekicho.host.net;

import static org.ekicho.host.linux.Sockets.*;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ekicho.host.linux.Errno;
import org.ekicho.host.linux.SystemCallException;
import org.ekicho.wire.Datagram;

/// Hears IGMP queries on all interfaces, and says nothing. Needs CAP_NET_RAW.
public final class IgmpListener implements Closeable {
    private static final int PROTOCOL = 2;
    /// Queries come every minute or two.
    private static final int BATCH = 8;

    private final SocketControl control;
    private final Inbox inbox = new Inbox(BATCH);
    private final Datagram[] packets = new Datagram[BATCH];

    private IgmpListener(SocketControl control) {
        this.control = control;
        for (int i = 0; i < BATCH; i++) {
            packets[i] = new Datagram();
        }
    }

    /// @throws SystemCallException without CAP_NET_RAW; says so
    public static IgmpListener open() throws IOException {
        return new IgmpListener(SocketControl.openRaw(PROTOCOL));
    }

    /// Waits for queries at most this long.
    ///
    /// @return those that came; none when the time is over, other IGMP came, or it is closed
    public List<IgmpQuery> hear(long timeoutNanos) throws IOException {
        Descriptor descriptor = control.descriptor();
        if (!descriptor.enter()) {
            return List.of();
        }
        try {
            control.receiveTimeout(Math.max(timeoutNanos, 1));
            int count = inbox.call(descriptor.number(), BATCH, MSG_WAITFORONE);
            if (descriptor.isClosed() || count == -Errno.EAGAIN || count == -Errno.EINTR) {
                return List.of();
            }
            if (count < 0) {
                throw new SystemCallException("recvmmsg of IGMP", -count, "");
            }
            List<IgmpQuery> queries = new ArrayList<>();
            int whole = inbox.take(count, packets);
            for (int i = 0; i < whole; i++) {
                IgmpQuery.decode(packets[i]).ifPresent(queries::add);
            }
            return queries;
        } finally {
            descriptor.leave();
        }
    }

    @Override
    public void close() {
        control.descriptor().close();
    }
}
