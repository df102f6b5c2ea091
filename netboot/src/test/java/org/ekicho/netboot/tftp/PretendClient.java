package org.ekicho.netboot.tftp;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

/// A TFTP client without a socket, as RFC 1350 and RFC 7440 want it: acknowledges each whole window, and the
/// last block in order when one is missing or when nothing comes for a second.
final class PretendClient {
    private static final long TIMEOUT = 1_000_000_000L;
    /// Times that it repeats itself before it gives up.
    private static final int PATIENCE = 60;

    private final TftpSettings.RollOver rollOver;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private int blockSize = TftpTerms.PLAIN_BLOCK;
    private int window = 1;
    private long blocks;
    private int sinceAck;
    private boolean answered;
    private boolean complained;
    private boolean finished;
    private Optional<String> failure = Optional.empty();
    private int repeats;
    private long deadline;
    private byte[] last;

    PretendClient(TftpSettings.RollOver rollOver, byte[] request, long now) {
        this.rollOver = rollOver;
        last = request;
        deadline = now + TIMEOUT;
    }

    boolean isFinished() {
        return finished;
    }

    Optional<String> failure() {
        return failure;
    }

    byte[] content() {
        return content.toByteArray();
    }

    long deadline() {
        return deadline;
    }

    /// What it sends back; empty for nothing.
    Optional<byte[]> receive(byte[] bytes, long now) {
        switch (TftpCodec.decode(bytes, bytes.length)) {
            case TftpPacket.OptionAck ack
            when !answered -> {
                agree(ack.options());
                answered = true;
                return acknowledge(now);
            }
            case TftpPacket.Data data -> {
                answered = true;
                return data(data, bytes, now);
            }
            case TftpPacket.Failure error -> failure = Optional.of(error.message());
            case TftpPacket.OptionAck ignored -> {
                // Our acknowledgement was lost or this is a copy; our own time-out repeats it.
            }
            default -> throw new AssertionError("a server sent " + TftpCodec.decode(bytes, bytes.length));
        }
        return Optional.empty();
    }

    private void agree(List<TftpOption> options) {
        for (TftpOption option : options) {
            int value = (int) option.number().orElseThrow();
            if (option.name().equals(TftpOption.BLOCK_SIZE)) blockSize = value;
            if (option.name().equals(TftpOption.WINDOW_SIZE)) window = value;
        }
    }

    private Optional<byte[]> data(TftpPacket.Data data, byte[] bytes, long now) {
        if (data.block() != number(blocks + 1)) {
            if (finished || (data.block() == number(blocks) && !complained)) {
                complained = true;
                return acknowledge(now);
            }
            boolean first = !complained;
            complained = true;
            return first && window > 1 ? acknowledge(now) : Optional.empty();
        }
        if (finished) return Optional.empty();
        complained = false;
        blocks++;
        content.write(bytes, data.offset(), data.length());
        finished = data.length() < blockSize;
        sinceAck++;
        return finished || sinceAck == window ? acknowledge(now) : Optional.empty();
    }

    private int number(long block) {
        return block == 0 || rollOver == TftpSettings.RollOver.TO_ZERO
                ? (int) (block & 0xffff)
                : (int) ((block - 1) % 0xffff) + 1;
    }

    private Optional<byte[]> acknowledge(long now) {
        sinceAck = 0;
        repeats = 0;
        deadline = now + TIMEOUT;
        last = TftpCodec.encode(new TftpPacket.Ack(number(blocks)));
        return Optional.of(last);
    }

    /// Repeats itself when nothing came for a second.
    Optional<byte[]> advance(long now) {
        if (finished || now < deadline) return Optional.empty();
        if (++repeats > PATIENCE) {
            failure = Optional.of("no answer");
            return Optional.empty();
        }
        if (answered) {
            sinceAck = 0;
            last = TftpCodec.encode(new TftpPacket.Ack(number(blocks)));
        }
        deadline = now + TIMEOUT;
        return Optional.of(last);
    }
}
