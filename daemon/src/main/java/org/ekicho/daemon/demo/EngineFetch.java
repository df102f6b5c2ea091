package org.ekicho.daemon.demo;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.ekicho.netboot.tftp.TftpCodec;
import org.ekicho.netboot.tftp.TftpError;
import org.ekicho.netboot.tftp.TftpOption;
import org.ekicho.netboot.tftp.TftpPacket;

/// One TFTP transfer of the demo's pretend firmware, which asks as EDK2 does.
final class EngineFetch {
    /// What it is for.
    enum Wants {
        /// The size alone: it stops the transfer once it knows.
        SIZE,
        ALL
    }

    private static final int NARROW_LIMIT = 1450;
    private static final int BLOCK = 1468;
    private static final int WINDOW = 4;
    /// Silent seconds after which it gives up; EDK2 takes 24.
    private static final int TRIES = 18;

    private final String file;
    private final Wants wants;
    private final Engine.Wire wire;
    private int port;
    private byte[] word = new byte[0];
    private int blockSize = BLOCK;
    private long blocks;
    private long bytes;
    private boolean over;

    /// @param port of the server
    EngineFetch(int port, String file, Wants wants, Engine.Wire wire) {
        this.port = port;
        this.file = file;
        this.wants = wants;
        this.wire = wire;
    }

    /// @return bytes of the file; 0 when it did not come, or was not wanted
    long run() throws IOException {
        List<TftpOption> options = new ArrayList<>();
        if (wants == Wants.SIZE) options.add(TftpOption.of(TftpOption.TRANSFER_SIZE, 0));
        options.add(TftpOption.of(TftpOption.BLOCK_SIZE, BLOCK));
        options.add(TftpOption.of(TftpOption.WINDOW_SIZE, WINDOW));
        word = TftpCodec.encode(new TftpPacket.Read(file, "octet", options));
        try (DatagramSocket socket = new DatagramSocket(0, Engine.SERVER)) {
            socket.setSoTimeout(Engine.PATIENCE_MILLIS);
            Engine.send(socket, port, word);
            for (int silent = 0; silent < TRIES && !over; ) {
                try {
                    DatagramPacket packet = Engine.receive(socket);
                    if (wire == Engine.Wire.NARROW && packet.getLength() > NARROW_LIMIT) continue;
                    silent = 0;
                    port = packet.getPort();
                    take(socket, packet.getData());
                } catch (SocketTimeoutException e) {
                    silent++;
                    Engine.send(socket, port, word);
                }
            }
        }
        return over ? bytes : 0;
    }

    private void take(DatagramSocket socket, byte[] packet) throws IOException {
        switch (TftpCodec.decode(packet, packet.length)) {
            case TftpPacket.OptionAck ack -> {
                over = wants == Wants.SIZE;
                blockSize = granted(ack);
                word = TftpCodec.encode(
                        over ? new TftpPacket.Failure(TftpError.OPTIONS_REFUSED, "known") : new TftpPacket.Ack(0));
                Engine.send(socket, port, word);
            }
            case TftpPacket.Data data -> {
                if (data.block() != ((blocks + 1) & 0xffff)) return;
                blocks++;
                bytes += data.length();
                over = data.length() < blockSize;
                word = TftpCodec.encode(new TftpPacket.Ack((int) (blocks & 0xffff)));
                if (over || blocks % WINDOW == 0) Engine.send(socket, port, word);
            }
            case TftpPacket.Failure _ -> {
                bytes = 0;
                over = true;
            }
            case TftpPacket.Ack _, TftpPacket.Read _, TftpPacket.Write _, TftpPacket.Unfit _ -> {
                // No server says so.
            }
        }
    }

    private static int granted(TftpPacket.OptionAck ack) {
        return ack.options().stream()
                .filter(option -> option.name().equals(TftpOption.BLOCK_SIZE))
                .mapToInt(option -> (int) option.number().orElse(512))
                .findFirst()
                .orElse(512);
    }
}
