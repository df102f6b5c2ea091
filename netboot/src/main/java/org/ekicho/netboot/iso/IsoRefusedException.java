package org.ekicho.netboot.iso;

import java.io.Serial;

/// An image is refused: hostile, damaged, or none at all.
public final class IsoRefusedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final IsoReason reason;

    /// @param where what was being read: `the volume descriptor`, `/boot`
    public IsoRefusedException(IsoReason reason, String where) {
        super(where + ": " + reason.sentence());
        this.reason = reason;
    }

    public IsoReason reason() {
        return reason;
    }
}
