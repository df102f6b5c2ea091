package org.ekicho.daemon.boot.tftp;

import java.io.IOException;
import org.ekicho.host.net.BlockRun;
import org.ekicho.host.net.UdpPorts;
import org.ekicho.netboot.tftp.TftpCodec;
import org.ekicho.netboot.tftp.TftpPacket;
import org.ekicho.netboot.tftp.TftpStep;
import org.ekicho.netboot.tftp.TftpTransfer;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;

/// One transfer with its port and its content.
final class Sending implements TftpSeat {
    private final TftpTransfer transfer;
    private final UdpPorts<TftpSeat> ports;
    private final UdpPorts.Port<TftpSeat> port;
    private final ContentCache.Lent content;
    private final IpAddress from;
    /// Blocks that the kernel had no room for yet.
    private long dueFirst;

    private long dueCount;

    /// @param from the address that everything leaves from; `0.0.0.0` or `::` for the kernel to choose
    Sending(
            TftpTransfer transfer,
            UdpPorts<TftpSeat> ports,
            UdpPorts.Port<TftpSeat> port,
            ContentCache.Lent content,
            IpAddress from) {
        this.transfer = transfer;
        this.ports = ports;
        this.port = port;
        this.content = content;
        this.from = from;
    }

    TftpTransfer transfer() {
        return transfer;
    }

    UdpPorts.Port<TftpSeat> port() {
        return port;
    }

    ContentCache.Lent content() {
        return content;
    }

    boolean isStalled() {
        return dueCount > 0;
    }

    /// Sends blocks; what there is no room for stays due.
    void send(TftpStep.Blocks blocks, BlockRun run) throws IOException {
        dueFirst = blocks.first();
        dueCount = blocks.count();
        sendDue(run);
    }

    void sendDue(BlockRun run) throws IOException {
        while (dueCount > 0) {
            int count = (int) Math.min(dueCount, BlockRun.MOST);
            run.count = count;
            run.offset = transfer.offset(dueFirst);
            run.length = transfer.blockSize();
            run.lastLength = transfer.length(dueFirst + count - 1);
            for (int i = 0; i < count; i++) {
                BigEndian.put16(run.heads, i * BlockRun.HEAD, TftpCodec.DATA);
                BigEndian.put16(run.heads, i * BlockRun.HEAD + 2, transfer.number(dueFirst + i));
            }
            address(run.to);
            int sent = ports.send(port, run, content.bytes());
            dueFirst += sent;
            dueCount -= sent;
            if (sent < count) return;
        }
    }

    void send(TftpPacket packet, Datagram room) {
        room.payload(TftpCodec.encode(packet));
        address(room);
        ports.send(port, room);
    }

    private void address(Datagram to) {
        to.peer(transfer.client().address(), transfer.client().port());
        to.local(from, transfer.interfaceIndex());
    }
}
