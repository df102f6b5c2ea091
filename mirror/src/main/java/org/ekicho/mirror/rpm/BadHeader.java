package org.ekicho.mirror.rpm;

import org.ekicho.mirror.MirrorReason;

/// How a refusal travels from the place that finds it to the method that returns it. Never leaves this package.
final class BadHeader extends Exception {
    private static final long serialVersionUID = 1;
    private final MirrorReason reason;

    BadHeader(MirrorReason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    static BadHeader malformed(String detail) {
        return new BadHeader(MirrorReason.MALFORMED, detail);
    }

    static BadHeader tooLarge(String detail) {
        return new BadHeader(MirrorReason.TOO_LARGE, detail);
    }

    MirrorReason reason() {
        return reason;
    }

    /// What is wrong, and where in the file.
    String detail() {
        return String.valueOf(getMessage());
    }
}
