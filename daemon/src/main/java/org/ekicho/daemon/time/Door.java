package org.ekicho.daemon.time;

import java.io.IOException;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;

/// An open UDP socket as the time service sees it. `receive` belongs to one thread; `send`, `join`, `leave` and
/// `close` may be called from any.
public interface Door extends AutoCloseable {
    /// Waits for datagrams and fills the first of `batch` with what is there, stamped by the kernel.
    ///
    /// @return how many; 0 when woken without any, as by a time-out or by `close`
    /// @throws IOException if the socket is broken
    int receive(Datagram[] batch) throws IOException;

    /// Sends the first `count` of `batch`, each from the local address and by the interface that stand in it.
    ///
    /// @return how many the kernel took; the others are lost, as on a network
    /// @throws IOException if the door is closed
    int send(Datagram[] batch, int count) throws IOException;

    /// Sends one.
    ///
    /// @param ttl hop limit; 0: the socket's own
    /// @throws IOException if the kernel refused it, e.g. without a route
    void send(Datagram datagram, int ttl) throws IOException;

    void join(IpAddress group, int interfaceIndex) throws IOException;

    void leave(IpAddress group, int interfaceIndex) throws IOException;

    @Override
    void close();

    /// Makes doors.
    interface Opener {
        /// @throws IOException if the port is taken, or may not be opened by us: the message says what to do
        Door open(DoorSpec spec) throws IOException;
    }
}
