package org.ekicho.netboot.trace;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ekicho.netboot.policy.BootStep;

/// Finds what is wrong with the TFTP transfers of a try. A transfer that failed counts only if nothing came after it.
final class TransferDoctor {
    /// IPv4 and UDP headers and the TFTP header, less the ICMP header: what `ping -s` needs for a packet as large.
    private static final int PING_MORE = 4;

    private final Evidence seen;

    TransferDoctor(Evidence seen) {
        this.seen = seen;
    }

    Optional<Finding> find() {
        List<TftpTransfer> all = seen.transfers;
        for (int i = all.size() - 1; i >= 0; i--) {
            TftpTransfer transfer = all.get(i);
            if (transfer.complete() && !FileRole.mayBeMissing(transfer.file)) return Optional.empty();
            if (seen.cameAfter(transfer.lastAt)) return Optional.empty();
            Optional<Finding> fault = fault(transfer);
            if (fault.isPresent()) return fault;
        }
        return Optional.empty();
    }

    private Optional<Finding> fault(TftpTransfer transfer) {
        Optional<BootVerdict> verdict = verdict(transfer);
        return verdict.map(one -> new Finding(one, facts(transfer), transfer.firstAt));
    }

    private Optional<BootVerdict> verdict(TftpTransfer transfer) {
        if (transfer.isProbe() || FileRole.mayBeMissing(transfer.file)) return Optional.empty();
        if (transfer.endedBy(TftpOutcome.NOT_FOUND)) return Optional.of(BootVerdict.FILE_MISSING);
        if (transfer.endedBy(TftpOutcome.SERVER_REFUSED)) return Optional.of(BootVerdict.TFTP_REFUSED);
        if (transfer.unanswered()) {
            return Optional.of(onePort() ? BootVerdict.TFTP_ANSWERS_LOST_ON_ONE_PORT : BootVerdict.TFTP_ANSWERS_LOST);
        }
        if (transfer.blocksLost()) return Optional.of(BootVerdict.FULL_BLOCKS_LOST);
        if (transfer.diedAtRollOver()) return Optional.of(BootVerdict.ROLL_OVER);
        return transfer.broke() ? Optional.of(BootVerdict.LOSSY) : Optional.empty();
    }

    /// Whether the last decision for it said that TFTP answers from its own port.
    private boolean onePort() {
        return !seen.decided.isEmpty()
                && seen.decided.getLast().step() instanceof BootStep.ByTftp step
                && step.onePort();
    }

    private Map<String, String> facts(TftpTransfer transfer) {
        String message = transfer.end.map(BootEvent.TftpEnd::message).orElse("");
        String nearest = transfer.end
                .flatMap(BootEvent.TftpEnd::nearest)
                .map(name -> "; the most like it is \"" + name + "\"")
                .orElse("");
        return Map.of(
                "file", transfer.file,
                "nearest", nearest,
                "message", message.isEmpty() ? "without a reason" : message,
                "times", Words.times(Math.max(transfer.asks, transfer.count.repeats() + 1)),
                "block", Integer.toString(transfer.blockSize),
                "payload", Integer.toString(transfer.blockSize + PING_MORE),
                "address", transfer.client.address().toString(),
                "blocks", Long.toString(transfer.count.acked()),
                "resent", Long.toString(transfer.count.resent()));
    }
}
