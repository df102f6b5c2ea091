package org.ekicho.daemon.boot.tftp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.ekicho.host.linux.Errno;
import org.ekicho.host.linux.SystemCallException;
import org.ekicho.host.net.BlockRun;
import org.ekicho.host.net.UdpOptions;
import org.ekicho.host.net.UdpPorts;
import org.ekicho.netboot.tftp.TftpAction;
import org.ekicho.netboot.tftp.TftpCodec;
import org.ekicho.netboot.tftp.TftpPacket;
import org.ekicho.netboot.tftp.TftpReason;
import org.ekicho.netboot.tftp.TftpReport;
import org.ekicho.netboot.tftp.TftpServer;
import org.ekicho.netboot.tftp.TftpStep;
import org.ekicho.netboot.tftp.TftpTerms;
import org.ekicho.netboot.tftp.TftpTransfer;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.Moment;

/// What the serving thread does over and over: waits for all ports, has the server decide, carries it out.
final class TftpLoop implements AutoCloseable {
    private static final long MILLI = 1_000_000;
    /// Datagrams taken from one port at a time, so that one busy port does not keep the others waiting.
    private static final int BATCH = 32;
    /// Transfers up to which the thread looks before it sleeps. Of more, it is better that answers gather
    /// meanwhile.
    private static final int FEW = 2;
    /// When to try again after the kernel had no room for blocks.
    private static final long ROOM_AGAIN = MILLI;
    /// A window of the largest blocks twice over; where the kernel allows less, windows leave in parts.
    private static final int PORT_BUFFER = 4 << 20;

    private final UdpPorts<TftpSeat> ports;
    private final TftpServer server;
    private final ContentCache contents;
    private final Consumer<TftpReport> reports;
    private final Map<TftpTransfer, Sending> sendings = new HashMap<>();
    private final List<Sending> stalled = new ArrayList<>();
    private final Datagram[] batch = new Datagram[BATCH];
    /// One client has one packet under way as a rule: to ask for a second costs more than to be told of it.
    private final Datagram[] one = {new Datagram()};

    private final Datagram room = new Datagram();
    private final BlockRun run = new BlockRun();
    private final QuickWait quickWait;
    /// No transfer's deadline is before this, by [System#nanoTime].
    private long nextDeadline = Long.MAX_VALUE;

    TftpLoop(UdpPorts<TftpSeat> ports, TftpServer server, ContentCache.Opener opener, Consumer<TftpReport> reports) {
        this.ports = ports;
        this.server = server;
        this.reports = reports;
        contents = new ContentCache(opener);
        quickWait = new QuickWait(ports::await);
        for (int i = 0; i < BATCH; i++) batch[i] = new Datagram();
    }

    /// Waits for something, does it, and whatever is due.
    void turn() throws IOException {
        int patience = patienceMillis();
        boolean few = !sendings.isEmpty() && sendings.size() <= FEW;
        int count = patience != 0 && few ? quickWait.await(patience) : ports.await(patience);
        long now = System.nanoTime();
        for (int i = 0; i < count; i++) {
            UdpPorts.Port<TftpSeat> port = ports.ready(i);
            if (port.isShut()) continue;
            switch (port.owner()) {
                case TftpSeat.Listening ignored -> requests(port, now);
                case Sending sending -> answers(sending, now);
            }
        }
        if (!stalled.isEmpty()) sendStalled();
        if (nextDeadline - now <= 0) deadlines(now);
    }

    private int patienceMillis() {
        if (!stalled.isEmpty()) return (int) (ROOM_AGAIN / MILLI);
        if (sendings.isEmpty()) {
            nextDeadline = Long.MAX_VALUE;
            return -1;
        }
        long wait = nextDeadline - System.nanoTime();
        return wait <= 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, wait / MILLI + 1);
    }

    private void requests(UdpPorts.Port<TftpSeat> port, long now) throws IOException {
        int count = ports.receive(port, batch);
        for (int i = 0; i < count; i++) {
            Datagram packet = batch[i];
            long clock = packet.receivedAtNanos == 0 ? System.currentTimeMillis() * MILLI : packet.receivedAtNanos;
            switch (server.answer(packet, new Moment(clock, now))) {
                case TftpAction.Start start -> {
                    start.replaced().map(sendings::get).ifPresent(this::finish);
                    start(start.transfer(), port, now);
                }
                case TftpAction.Continue(TftpTransfer transfer, TftpStep step) -> {
                    Sending sending = sendings.get(transfer);
                    if (sending != null) carryOut(sending, step, packet, now);
                }
                case TftpAction.Refuse refuse -> {
                    reply(port, packet, refuse.error());
                    reports.accept(refuse.report());
                }
                case TftpAction.Ignore ignored -> {
                    // Silence is the answer.
                }
            }
        }
    }

    private void reply(UdpPorts.Port<TftpSeat> port, Datagram to, TftpPacket packet) {
        room.payload(TftpCodec.encode(packet)).peer(to.peer(), to.peerPort).local(to.local(), to.interfaceIndex);
        ports.send(port, room);
    }

    private void start(TftpTransfer transfer, UdpPorts.Port<TftpSeat> door, long now) {
        ContentCache.Lent content;
        try {
            content = contents.lend(transfer.file());
        } catch (IOException e) {
            refuse(transfer, door, TftpReason.UNREADABLE, e);
            return;
        }
        try {
            Sending sending = open(transfer, door, content);
            sendings.put(transfer, sending);
            carryOut(sending, transfer.begin(now), room, now);
        } catch (IOException e) {
            contents.giveBack(content);
            refuse(transfer, door, TftpReason.NO_SOCKET, e);
        }
    }

    private Sending open(TftpTransfer transfer, UdpPorts.Port<TftpSeat> door, ContentCache.Lent content)
            throws IOException {
        IpAddress local = transfer.local();
        if (transfer.terms().port() == TftpTerms.Port.SHARED) {
            return new Sending(transfer, ports, door, content, local);
        }
        IpAddress any = local.isV4() ? IpAddress.ANY_V4 : IpAddress.ANY_V6;
        if (!local.isMulticast() && (local.isV4() || !local.isLinkLocal())) {
            try {
                return opened(transfer, content, local, local);
            } catch (SystemCallException e) {
                // The request came to a subnet's broadcast address, which nothing can be sent from.
                if (e.errno() != Errno.EADDRNOTAVAIL) throw e;
            }
        }
        return opened(transfer, content, any, local.isLinkLocal() ? local : any);
    }

    private Sending opened(TftpTransfer transfer, ContentCache.Lent content, IpAddress bind, IpAddress from)
            throws IOException {
        UdpOptions options = UdpOptions.on(bind, 0).forBulk().withReceiveBuffer(PORT_BUFFER);
        TftpSeat seat = ports.open(options, port -> new Sending(transfer, ports, port, content, from))
                .owner();
        return (Sending) seat;
    }

    private void refuse(TftpTransfer transfer, UdpPorts.Port<TftpSeat> door, TftpReason why, IOException e) {
        if (transfer.fail(why, String.valueOf(e.getMessage())) instanceof TftpStep.End end) {
            end.lastWord().ifPresent(word -> {
                room.payload(TftpCodec.encode(word))
                        .peer(transfer.client().address(), transfer.client().port())
                        .local(transfer.local(), transfer.interfaceIndex());
                ports.send(door, room);
            });
        }
        server.forget(transfer);
        reports.accept(transfer.report());
    }

    private void answers(Sending sending, long now) throws IOException {
        int count = ports.receive(sending.port(), one);
        if (count == UdpPorts.UNREACHABLE) {
            carryOut(sending, sending.transfer().unreachable(), room, now);
        } else if (count > 0) {
            carryOut(sending, server.deliver(sending.transfer(), one[0], now), one[0], now);
        }
    }

    /// @param from what a stray came in; is written over
    private void carryOut(Sending sending, TftpStep step, Datagram from, long now) {
        switch (step) {
            case TftpStep.Blocks blocks -> {
                try {
                    sending.send(blocks, run);
                    stall(sending);
                } catch (IOException e) {
                    carryOut(
                            sending,
                            sending.transfer().fail(TftpReason.UNREADABLE, String.valueOf(e.getMessage())),
                            from,
                            now);
                    return;
                }
            }
            case TftpStep.Packet(TftpPacket packet) -> sending.send(packet, room);
            case TftpStep.Stray(TftpPacket.Failure packet) -> reply(sending.port(), from, packet);
            case TftpStep.End end -> {
                end.lastWord().ifPresent(word -> sending.send(word, room));
                finish(sending);
                return;
            }
            case TftpStep.Wait ignored -> {
                return;
            }
        }
        nextDeadline = Math.min(nextDeadline, sending.transfer().deadline());
    }

    private void stall(Sending sending) {
        if (sending.isStalled() && !stalled.contains(sending)) stalled.add(sending);
    }

    private void finish(Sending sending) {
        TftpTransfer transfer = sending.transfer();
        server.forget(transfer);
        if (sendings.remove(transfer) == null) return;
        stalled.remove(sending);
        contents.giveBack(sending.content());
        if (transfer.terms().port() == TftpTerms.Port.OWN) ports.close(sending.port());
        reports.accept(transfer.report());
    }

    private void sendStalled() {
        for (Sending sending : List.copyOf(stalled)) {
            try {
                sending.sendDue(run);
                if (!sending.isStalled()) stalled.remove(sending);
            } catch (IOException e) {
                carryOut(
                        sending,
                        sending.transfer().fail(TftpReason.UNREADABLE, String.valueOf(e.getMessage())),
                        room,
                        0);
            }
        }
    }

    private void deadlines(long now) {
        nextDeadline = Long.MAX_VALUE;
        for (Sending sending : List.copyOf(sendings.values())) {
            carryOut(sending, sending.transfer().advance(now), room, now);
            if (!sending.transfer().isEnded()) {
                nextDeadline = Math.min(nextDeadline, sending.transfer().deadline());
            }
        }
    }

    /// Tells every client that it is over.
    @Override
    public void close() {
        for (Sending sending : List.copyOf(sendings.values())) {
            carryOut(sending, sending.transfer().fail(TftpReason.STOPPED, ""), room, 0);
        }
        contents.close();
    }
}
