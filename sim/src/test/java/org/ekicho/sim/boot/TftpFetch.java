package org.ekicho.sim.boot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.ekicho.netboot.tftp.TftpCodec;
import org.ekicho.netboot.tftp.TftpError;
import org.ekicho.netboot.tftp.TftpOption;
import org.ekicho.netboot.tftp.TftpPacket;

/// One transfer of pretend firmware. It says its last word again when nothing comes, six times, every four seconds, as
/// EDK2 does.
final class TftpFetch {
    /// What it is for.
    enum Wants {
        SIZE,
        ALL
    }

    /// Sends to a port of the server.
    interface Sender {
        void send(int port, byte[] bytes);
    }

    private static final long PATIENCE = 4_000_000_000L;
    private static final int MOST_TRIES = 6;

    private final Wire wire;
    private final Sender sender;
    private final Wants wants;
    private final String file;
    private final Firmware.Kind kind;
    private final Runnable done;
    private final Consumer<String> failed;
    private byte[] last = new byte[0];
    private int port = 69;
    private int tries;
    private long turns;
    private long blocks;
    private long since;
    private long bytes;
    private boolean over;

    TftpFetch(
            Wire wire,
            Sender sender,
            Wants wants,
            String file,
            Firmware.Kind kind,
            Runnable done,
            Consumer<String> failed) {
        this.wire = wire;
        this.sender = sender;
        this.wants = wants;
        this.file = file;
        this.kind = kind;
        this.done = done;
        this.failed = failed;
    }

    void begin() {
        List<TftpOption> options = new ArrayList<>();
        if (wants == Wants.SIZE) options.add(TftpOption.of(TftpOption.TRANSFER_SIZE, 0));
        options.add(TftpOption.of(TftpOption.BLOCK_SIZE, kind.block));
        if (kind.window > 1) options.add(TftpOption.of(TftpOption.WINDOW_SIZE, kind.window));
        say(TftpCodec.encode(new TftpPacket.Read(file, "octet", options)));
    }

    private void say(byte[] word) {
        last = word;
        tries = 0;
        repeat();
    }

    private void repeat() {
        sender.send(port, last);
        long turn = ++turns;
        wire.queue().at(wire.queue().now() + PATIENCE, () -> {
            if (over || turns != turn) return;
            if (++tries < MOST_TRIES) {
                repeat();
            } else {
                over = true;
                failed.accept("TFTP of " + file + " after " + bytes + " bytes");
            }
        });
    }

    void receive(int from, byte[] packet) {
        if (over || (port != 69 && from != port)) return;
        switch (TftpCodec.decode(packet, packet.length)) {
            case TftpPacket.OptionAck _ -> options(from);
            case TftpPacket.Data data when port != 69 -> data(data, packet);
            case TftpPacket.Failure failure -> {
                over = true;
                failed.accept("TFTP: " + failure.message());
            }
            case TftpPacket.Data _, TftpPacket.Read _, TftpPacket.Write _, TftpPacket.Ack _, TftpPacket.Unfit _ ->
                throw new IllegalStateException(Arrays.toString(packet));
        }
    }

    private void options(int from) {
        if (port == from && blocks > 0) return;
        port = from;
        if (wants == Wants.SIZE) {
            over = true;
            byte[] stop = TftpCodec.encode(new TftpPacket.Failure(TftpError.OPTIONS_REFUSED, "User aborted"));
            sender.send(port, stop);
            done.run();
            return;
        }
        say(TftpCodec.encode(new TftpPacket.Ack(0)));
    }

    private void data(TftpPacket.Data data, byte[] packet) {
        if (data.block() != ((blocks + 1) & 0xffff)) {
            // A gap: what is missing begins after this one. Something old is not answered.
            if (((data.block() - blocks) & 0xffff) < 0x8000 && since > 0) acknowledge();
            return;
        }
        blocks++;
        since++;
        for (int i = 0; i < data.length(); i++) {
            if (packet[data.offset() + i] != BootServer.content(bytes + i))
                throw new IllegalStateException("wrong byte");
        }
        bytes += data.length();
        boolean end = data.length() < kind.block;
        if (end || since == kind.window) acknowledge();
        if (end) finish();
    }

    private void acknowledge() {
        since = 0;
        say(TftpCodec.encode(new TftpPacket.Ack((int) (blocks & 0xffff))));
    }

    private void finish() {
        over = true;
        if (bytes != BootServer.size(file)) throw new IllegalStateException(file + " has " + bytes + " bytes");
        done.run();
    }
}
