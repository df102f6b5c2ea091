package org.ekicho.netboot.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ekicho.wire.Endpoint;

/// One TFTP transfer, put together from its events.
final class TftpTransfer {
    /// Repetitions after which silence is no chance: EDK2 gives up after five.
    static final int MANY_REPEATS = 3;
    /// The last block that 16 bits number.
    private static final long LAST_NUMBER = 65535;

    final Endpoint client;
    final String file;
    final long firstAt;
    long lastAt;
    int asks;
    boolean asksSize;
    boolean agreed;
    int blockSize = 512;
    int window = 1;
    OptionalLong size = OptionalLong.empty();
    TftpCount count = TftpCount.NONE;
    Optional<BootEvent.TftpEnd> end = Optional.empty();

    private TftpTransfer(Endpoint client, String file, long firstAt) {
        this.client = client;
        this.file = file;
        this.firstAt = firstAt;
        this.lastAt = firstAt;
    }

    /// All transfers in these events, in the order in which they began.
    static List<TftpTransfer> of(List<BootEvent> events) {
        List<TftpTransfer> all = new ArrayList<>();
        for (BootEvent event : events) {
            switch (event) {
                case BootEvent.TftpRequest ask ->
                    open(all, ask.client(), ask.file(), ask.atNanos()).asked(ask);
                case BootEvent.TftpOptions options ->
                    open(all, options.client(), "", options.atNanos()).agreed(options);
                case BootEvent.TftpProgress progress -> {
                    TftpTransfer transfer = open(all, progress.client(), "", progress.atNanos());
                    transfer.count = progress.count();
                    transfer.lastAt = progress.atNanos();
                }
                case BootEvent.TftpEnd end ->
                    open(all, end.client(), end.file(), end.atNanos()).ended(end);
                default -> {}
            }
        }
        return all;
    }

    private static TftpTransfer open(List<TftpTransfer> all, Endpoint client, String file, long at) {
        for (int i = all.size() - 1; i >= 0; i--) {
            TftpTransfer known = all.get(i);
            if (known.client.equals(client) && known.end.isEmpty()) return known;
        }
        TftpTransfer fresh = new TftpTransfer(client, file, at);
        all.add(fresh);
        return fresh;
    }

    private void asked(BootEvent.TftpRequest ask) {
        asks++;
        asksSize |= ask.asksSize();
        lastAt = ask.atNanos();
    }

    private void agreed(BootEvent.TftpOptions options) {
        agreed = true;
        blockSize = options.blockSize();
        window = options.window();
        size = options.size();
        lastAt = options.atNanos();
    }

    private void ended(BootEvent.TftpEnd over) {
        end = Optional.of(over);
        count = over.count();
        lastAt = Math.max(lastAt, over.atNanos());
    }

    boolean endedBy(TftpOutcome outcome) {
        return end.filter(over -> over.outcome() == outcome).isPresent();
    }

    boolean complete() {
        return endedBy(TftpOutcome.COMPLETE);
    }

    /// Asked only for the size: EDK2 ends it by error 8, Intel's ROM by error 0.
    boolean isProbe() {
        return endedBy(TftpOutcome.CLIENT_ABORTED) && count.acked() <= 0;
    }

    /// Nothing that we sent was ever acknowledged, though it was asked, or answered, again and again.
    boolean unanswered() {
        boolean silent = end.isEmpty() || endedBy(TftpOutcome.SILENCE);
        boolean often = Math.max(asks, count.repeats() + 1) >= MANY_REPEATS;
        boolean repeated = endedBy(TftpOutcome.SILENCE) && count.resent() >= MANY_REPEATS;
        return silent && count.acked() < 0 && (often || repeated);
    }

    /// The options arrived, the first block never did.
    boolean blocksLost() {
        boolean silent = end.isEmpty() ? count.repeats() >= MANY_REPEATS : endedBy(TftpOutcome.SILENCE);
        return silent && count.acked() == 0;
    }

    /// It ended where block numbers start again.
    boolean diedAtRollOver() {
        boolean given = endedBy(TftpOutcome.SILENCE) || endedBy(TftpOutcome.CLIENT_ABORTED);
        return given && Math.abs(count.acked() - LAST_NUMBER) <= Math.max(1, window);
    }

    /// It ended somewhere else in the middle.
    boolean broke() {
        return (endedBy(TftpOutcome.SILENCE) || endedBy(TftpOutcome.CLIENT_ABORTED)) && count.acked() > 0;
    }

    /// More than one block in fifty had to be sent again.
    boolean lossy() {
        return count.resent() >= MANY_REPEATS && count.resent() * 50 > count.sent();
    }

    long bytes() {
        return end.map(BootEvent.TftpEnd::bytes).orElse(Math.max(0, count.acked()) * blockSize);
    }

    long nanos() {
        return lastAt - firstAt;
    }
}
