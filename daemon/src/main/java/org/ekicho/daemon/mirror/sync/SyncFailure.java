package org.ekicho.daemon.mirror.sync;

import java.io.Serial;
import java.util.List;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Refusal;

/// Ends a run without a snapshot, with the reason.
final class SyncFailure extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final MirrorReason reason;
    private final transient List<SyncReport.BadFile> bad;

    SyncFailure(MirrorReason reason, String sentence) {
        this(reason, sentence, List.of());
    }

    SyncFailure(MirrorReason reason, String sentence, List<SyncReport.BadFile> bad) {
        super(sentence, null, false, false);
        this.reason = reason;
        this.bad = List.copyOf(bad);
    }

    /// @param what the file that was refused
    static SyncFailure of(String what, Refusal refusal) {
        return new SyncFailure(refusal.reason(), what + ": " + refusal);
    }

    MirrorReason reason() {
        return reason;
    }

    List<SyncReport.BadFile> bad() {
        return bad;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
