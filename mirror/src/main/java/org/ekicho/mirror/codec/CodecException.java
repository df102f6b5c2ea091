package org.ekicho.mirror.codec;

import java.io.IOException;
import org.ekicho.mirror.MirrorReason;

/// Bytes from elsewhere that the mirror will not take, with the reason. Failures of the streams that were
/// given (a broken connection, a full disk) come as the [IOException] that they threw.
public final class CodecException extends IOException {
    private final MirrorReason reason;

    /// @param detail what exactly was found, and the limit where there is one
    public CodecException(MirrorReason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    public CodecException(MirrorReason reason, String detail, Throwable cause) {
        super(detail, cause);
        this.reason = reason;
    }

    public MirrorReason reason() {
        return reason;
    }
}
