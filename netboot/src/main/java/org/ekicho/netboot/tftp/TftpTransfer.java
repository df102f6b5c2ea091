package org.ekicho.netboot.tftp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.Moment;

/// One file on its way to one client. Knows which blocks are due, not what is in them.
///
/// Blocks are sent again on time-out only, never for an acknowledgement that comes twice (RFC 1123 §4.2.3.1,
/// the sorcerer's apprentice). An acknowledgement inside of a window means that what follows it was lost: the
/// next window begins there (RFC 7440 §4). Belongs to one thread.
public final class TftpTransfer {
    private static final Optional<TftpPacket.Failure> NOTHING = Optional.empty();
    private static final long SECOND = 1_000_000_000L;

    private enum Phase {
        /// The OACK is under way; an acknowledgement of block 0 ends this.
        OPTIONS,
        BLOCKS,
        ENDED
    }

    private final Endpoint client;
    private final IpAddress local;
    private final int interfaceIndex;
    private final TftpPacket.Read request;
    private final BootFile file;
    private final TftpTerms terms;
    private final TftpSettings settings;
    private final List<TftpOption> granted = new ArrayList<>();
    private final TftpTimer timer;
    private final long lastBlock;
    private final Moment began;
    private int blockSize = TftpTerms.PLAIN_BLOCK;
    private int window = 1;
    private Phase phase = Phase.OPTIONS;
    /// The last block of which the client has said that it and all before it are there.
    private long acked;
    /// The last block of the run that was sent last; `acked` when nothing is under way.
    private long sent;
    /// The last block ever sent: what is not above it is sent again.
    private long highest;

    private int resends;
    private long sentAt;
    private long deadline;
    private long lastHeard;
    private long blocksSent;
    private long blocksResent;
    private long duplicates;
    private int requests = 1;
    private TftpReason reason = TftpReason.STOPPED;
    private String detail = "";

    /// @param local          the address that the request came to, and that every answer leaves from
    /// @param interfaceIndex the interface that it came in by
    TftpTransfer(
            Endpoint client,
            IpAddress local,
            int interfaceIndex,
            TftpPacket.Read request,
            BootFile file,
            TftpTerms terms,
            TftpSettings settings,
            Moment now) {
        this.client = client;
        this.local = local;
        this.interfaceIndex = interfaceIndex;
        this.request = request;
        this.file = file;
        this.terms = terms;
        this.settings = settings;
        began = now;
        lastHeard = now.monotonicNanos();
        timer = new TftpTimer(negotiate());
        lastBlock = file.size() / blockSize + 1;
    }

    /// Grants what we understand, in the order asked; returns the agreed time-out in nanoseconds, or 0.
    private long negotiate() {
        long timeout = 0;
        if (terms.options() == TftpTerms.Options.IGNORED) return timeout;
        for (TftpOption option : request.options()) {
            OptionalLong asked = option.number();
            if (asked.isEmpty()) continue;
            long value = asked.getAsLong();
            switch (option.name()) {
                case TftpOption.BLOCK_SIZE -> {
                    if (value < TftpTerms.SMALLEST_BLOCK) continue;
                    blockSize = (int) Math.min(value, terms.largestBlock());
                    granted.add(TftpOption.of(option.name(), blockSize));
                }
                case TftpOption.WINDOW_SIZE -> {
                    if (value < 1) continue;
                    window = (int) Math.min(value, terms.largestWindow());
                    granted.add(TftpOption.of(option.name(), window));
                }
                case TftpOption.TRANSFER_SIZE -> granted.add(TftpOption.of(option.name(), file.size()));
                case TftpOption.TIMEOUT -> {
                    if (value < 1 || value > 255) continue;
                    timeout = value * SECOND;
                    granted.add(option);
                }
                default -> {
                    // Not known here: not acknowledged (RFC 2347).
                }
            }
        }
        return timeout;
    }

    /// The first packets.
    public TftpStep begin(long now) {
        if (granted.isEmpty()) {
            phase = Phase.BLOCKS;
            return nextRun(now);
        }
        sentNow(now);
        return new TftpStep.Packet(new TftpPacket.OptionAck(granted));
    }

    /// What the client sent.
    TftpStep receive(byte[] bytes, int length, long now) {
        if (phase == Phase.ENDED) return TftpStep.WAIT;
        return switch (TftpCodec.decode(bytes, length)) {
            case TftpPacket.Ack ack -> acknowledged(ack.block(), now);
            case TftpPacket.Failure error -> stopped(error);
            case TftpPacket.Read ignored -> TftpStep.WAIT;
            case TftpPacket.Write ignored -> illegal("a transfer cannot become a write");
            case TftpPacket.Data ignored -> illegal("the server sends the data");
            case TftpPacket.OptionAck ignored -> illegal("the server acknowledges options");
            case TftpPacket.Unfit unfit -> illegal(unfit.what());
        };
    }

    private TftpStep illegal(String what) {
        detail = what;
        return end(TftpReason.MALFORMED, error(TftpError.ILLEGAL, what));
    }

    private TftpStep acknowledged(int number, long now) {
        if (phase == Phase.OPTIONS) {
            if (number != 0) {
                duplicates++;
                return TftpStep.WAIT;
            }
            heard(now);
            phase = Phase.BLOCKS;
            return nextRun(now);
        }
        long step = Math.floorMod(number % cycle() - acked % cycle(), cycle());
        if (step == 0 || step > sent - acked) {
            duplicates++;
            return TftpStep.WAIT;
        }
        acked += step;
        heard(now);
        return acked == lastBlock ? end(TftpReason.COMPLETE, NOTHING) : nextRun(now);
    }

    private void heard(long now) {
        // A round trip of something sent twice tells nothing (Karn).
        if (resends == 0) timer.measured(Math.max(1, now - sentAt));
        resends = 0;
        lastHeard = now;
    }

    private TftpStep nextRun(long now) {
        long first = acked + 1;
        int count = (int) Math.min(window, lastBlock - acked);
        sent = acked + count;
        blocksSent += count;
        blocksResent += Math.max(0, Math.min(highest, sent) - acked);
        highest = Math.max(highest, sent);
        sentNow(now);
        return new TftpStep.Blocks(first, count);
    }

    private void sentNow(long now) {
        sentAt = now;
        deadline = now + timer.wait(resends);
    }

    private TftpStep stopped(TftpPacket.Failure error) {
        detail = "error " + error.code() + (error.message().isEmpty() ? "" : ": " + error.message());
        boolean early = phase == Phase.OPTIONS || acked == 0;
        if (early && asks(TftpOption.TRANSFER_SIZE) && !granted.isEmpty() && isAbort(error)) {
            return end(TftpReason.PROBED, NOTHING);
        }
        if (error.code() == TftpError.DISK_FULL) return end(TftpReason.CLIENT_FULL, NOTHING);
        boolean refused = phase == Phase.OPTIONS && error.code() == TftpError.OPTIONS_REFUSED;
        return end(refused ? TftpReason.CLIENT_REFUSED_OPTIONS : TftpReason.CLIENT_STOPPED, NOTHING);
    }

    /// EDK2 says 8 "User aborted the transfer", Intel's BIOS ROM says 0 "TFTP Aborted".
    private static boolean isAbort(TftpPacket.Failure error) {
        return error.code() == TftpError.OPTIONS_REFUSED || error.code() == TftpError.OTHER;
    }

    private boolean asks(String option) {
        return request.options().stream().anyMatch(asked -> asked.name().equals(option));
    }

    /// The deadline may be there: sends again what the client has not acknowledged, or gives up.
    public TftpStep advance(long now) {
        if (phase == Phase.ENDED || now - deadline < 0) return TftpStep.WAIT;
        if (resends >= settings.retries()) {
            TftpReason why = unanswered(lostReason());
            return end(why, why.isGood() ? NOTHING : error(TftpError.OTHER, why.sentence()));
        }
        resends++;
        if (phase == Phase.BLOCKS) return nextRun(now);
        sentNow(now);
        return new TftpStep.Packet(new TftpPacket.OptionAck(granted));
    }

    private TftpReason lostReason() {
        if (acked == 0) {
            return phase == Phase.OPTIONS || granted.isEmpty() ? TftpReason.NO_ANSWER : TftpReason.BLOCKS_LOST;
        }
        boolean atTheSeam = acked <= 0xffff && sent > 0xffff;
        return atTheSeam ? TftpReason.ROLL_OVER : TftpReason.LOST;
    }

    private TftpReason unanswered(TftpReason otherwise) {
        return acked > 0 && sent == lastBlock ? TftpReason.COMPLETE_UNCONFIRMED : otherwise;
    }

    /// The network said that nobody has the client's port.
    public TftpStep unreachable() {
        return phase == Phase.ENDED ? TftpStep.WAIT : end(unanswered(TftpReason.CLIENT_GONE), NOTHING);
    }

    /// The shell cannot go on.
    ///
    /// @param more what went wrong, for the trace
    public TftpStep fail(TftpReason why, String more) {
        if (phase == Phase.ENDED) return TftpStep.WAIT;
        detail = more;
        return end(why, why == TftpReason.REPLACED ? NOTHING : error(TftpError.OTHER, why.sentence()));
    }

    private static Optional<TftpPacket.Failure> error(int code, String message) {
        return Optional.of(new TftpPacket.Failure(code, message));
    }

    private TftpStep end(TftpReason why, Optional<TftpPacket.Failure> lastWord) {
        phase = Phase.ENDED;
        reason = why;
        return new TftpStep.End(why, lastWord);
    }

    /// The same request came once more from the same port: true when it only repeats the first, since our
    /// answer has not arrived yet; false when the client has begun anew.
    boolean isRepeatedBy(TftpPacket.Read again, long now) {
        boolean repeats = again.equals(request) && (acked == 0 || now - began.monotonicNanos() < SECOND);
        if (repeats) requests++;
        return repeats;
    }

    /// How many block numbers there are before they begin again.
    private int cycle() {
        return settings.rollOver() == TftpSettings.RollOver.TO_ZERO ? 0x10000 : 0xffff;
    }

    /// The number on the wire of a block.
    public int number(long block) {
        return settings.rollOver() == TftpSettings.RollOver.TO_ZERO
                ? (int) (block & 0xffff)
                : (int) ((block - 1) % 0xffff) + 1;
    }

    /// Where in the file a block begins.
    public long offset(long block) {
        return (block - 1) * blockSize;
    }

    /// Bytes of a block: less than [#blockSize] for the last, 0 when the file ends with the one before.
    public int length(long block) {
        return (int) Math.min(blockSize, file.size() - offset(block));
    }

    public int blockSize() {
        return blockSize;
    }

    public int window() {
        return window;
    }

    /// When [#advance] has something to do, in monotonic nanoseconds.
    public long deadline() {
        return deadline;
    }

    public Endpoint client() {
        return client;
    }

    public IpAddress local() {
        return local;
    }

    public int interfaceIndex() {
        return interfaceIndex;
    }

    public BootFile file() {
        return file;
    }

    public TftpTerms terms() {
        return terms;
    }

    public boolean isEnded() {
        return phase == Phase.ENDED;
    }

    /// What has happened so far, or altogether once it has ended.
    public TftpReport report() {
        return new TftpReport(
                client,
                local,
                TftpNames.plain(request.file()),
                Optional.of(file.name()),
                file.size(),
                request.options(),
                granted,
                Math.min(file.size(), acked * blockSize),
                blocksSent,
                blocksResent,
                duplicates,
                requests,
                began.clockNanos(),
                lastHeard - began.monotonicNanos(),
                reason,
                detail,
                Optional.empty());
    }
}
