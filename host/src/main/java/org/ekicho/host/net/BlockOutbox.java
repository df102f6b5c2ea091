package org.ekicho.host.net;

import static org.ekicho.host.linux.Sockets.MSG_DONTWAIT;
import static org.ekicho.host.net.SocketAddresses.INT;
import static org.ekicho.host.net.SocketAddresses.LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.ekicho.host.linux.Errno;
import org.ekicho.host.linux.Libc;

/// Sends [BlockRun]s without copying their content: messages point to a head in memory of ours and to the
/// content where it lies. What fits a frame leaves as one message that the kernel cuts into datagrams
/// (UDP_SEGMENT), which costs a fraction of as many messages; longer pieces leave by one `sendmmsg`. Belongs to
/// one thread.
final class BlockOutbox {
    /// Piece and head that fit a frame of 1500 bytes, over either family; the kernel cuts into nothing longer.
    private static final int FRAME_V4 = 1472;

    private static final int FRAME_V6 = 1452;
    /// Bytes of one message that is to be cut: what an IP packet can carry, with room for its headers.
    private static final int CUT_MOST = 65_000;

    private static final int IOVEC = 16;
    private static final int PER_PIECE = 2 * IOVEC;

    private final MemorySegment state;
    private final MemorySegment headers;
    private final MemorySegment name;
    private final MemorySegment control;
    private final MemorySegment iovecs;
    private final MemorySegment heads;
    /// Whether the kernel cuts; false once it has said that it does not.
    private boolean cutting = true;

    BlockOutbox() {
        // Freed by the garbage collector, as a MessageVector.
        Arena arena = Arena.ofAuto();
        state = Libc.errorState(arena);
        headers = arena.allocate((long) MessageVector.HEADER * BlockRun.MOST, 64);
        name = arena.allocate(SocketAddresses.ROOM, 64);
        control = arena.allocate(MessageVector.CONTROL, 64);
        iovecs = arena.allocate((long) PER_PIECE * BlockRun.MOST, 64);
        heads = arena.allocate((long) BlockRun.HEAD * BlockRun.MOST, 64);
    }

    /// Sends a run without waiting for room.
    ///
    /// @return pieces that left, in order; or, when none did, the negated error code
    int send(int fd, BlockRun run, SharedBytes content) {
        int piece = BlockRun.HEAD + run.length;
        boolean cut = cutting && run.count > 1 && piece <= (run.to.isPeerV4() ? FRAME_V4 : FRAME_V6);
        layOut(run, content);
        if (!cut) return sendEach(fd, run, 0);
        int at = 0;
        while (at < run.count) {
            int pieces = Math.min(run.count - at, CUT_MOST / piece);
            int result = sendCut(fd, run, at, pieces);
            if (result > 0) {
                at += pieces;
            } else if (result == -Errno.EINVAL || result == -Errno.EMSGSIZE || result == -Errno.EIO) {
                // An interface with a smaller frame, or without checksums: this run goes the plain way.
                cutting &= result != -Errno.EIO;
                int rest = sendEach(fd, run, at);
                return rest >= 0 ? at + rest : at > 0 ? at : rest;
            } else {
                return at > 0 ? at : result;
            }
        }
        return at;
    }

    private void layOut(BlockRun run, SharedBytes content) {
        MemorySegment.copy(run.heads, 0, heads, ValueLayout.JAVA_BYTE, 0, BlockRun.HEAD * run.count);
        long body = content.bytes().address() + run.offset;
        for (int i = 0; i < run.count; i++) {
            long at = (long) i * PER_PIECE;
            iovecs.set(LONG, at, heads.address() + (long) i * BlockRun.HEAD);
            iovecs.set(LONG, at + 8, BlockRun.HEAD);
            iovecs.set(LONG, at + 16, body + (long) i * run.length);
            iovecs.set(LONG, at + 24, i == run.count - 1 ? run.lastLength : run.length);
        }
    }

    private int sendCut(int fd, BlockRun run, int first, int pieces) {
        long length = ControlData.putPacketInfo(control, 0, run.to);
        if (pieces > 1) {
            long at = length + 7 & ~7L;
            length = at + ControlData.putSegmentSize(control, at, BlockRun.HEAD + run.length);
        }
        header(0, run, first, 2L * pieces, length);
        return call(fd, 0, 1);
    }

    private int sendEach(int fd, BlockRun run, int first) {
        long length = ControlData.putPacketInfo(control, 0, run.to);
        for (int i = first; i < run.count; i++) {
            header(i, run, i, 2, length);
        }
        return call(fd, first, run.count - first);
    }

    private void header(int message, BlockRun run, int firstPiece, long vectors, long controlLength) {
        int nameLength = SocketAddresses.write(
                name, 0, run.to.peerHigh, run.to.peerLow, run.to.peerPort, ControlData.scope(run.to));
        long header = MessageVector.header(message);
        headers.set(LONG, header, name.address());
        headers.set(INT, header + MessageVector.HEADER_NAME_LENGTH, nameLength);
        headers.set(LONG, header + 16, iovecs.address() + (long) firstPiece * PER_PIECE);
        headers.set(LONG, header + 24, vectors);
        headers.set(LONG, header + MessageVector.HEADER_CONTROL, control.address());
        headers.set(LONG, header + MessageVector.HEADER_CONTROL_LENGTH, controlLength);
        headers.set(INT, header + MessageVector.HEADER_FLAGS, 0);
    }

    private int call(int fd, int first, int count) {
        MemorySegment from = first == 0 ? headers : headers.asSlice(MessageVector.header(first));
        int sent = Libc.trySendmmsg(fd, from, count, MSG_DONTWAIT);
        return sent >= 0 ? sent : Libc.sendmmsg(state, fd, from, count, MSG_DONTWAIT);
    }
}
