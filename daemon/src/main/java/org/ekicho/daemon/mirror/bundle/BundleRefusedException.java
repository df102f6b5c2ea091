package org.ekicho.daemon.mirror.bundle;

import java.io.Serial;
import java.nio.file.Path;
import org.ekicho.mirror.Refusal;

/// A bundle is not what its maker signed, or its maker is not trusted. Nothing of it was published.
public final class BundleRefusedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public BundleRefusedException(Path where, Refusal refusal) {
        this(where, refusal, "");
    }

    /// @param hint what to type, as the end of the sentence; empty: nothing helps
    public BundleRefusedException(Path where, Refusal refusal, String hint) {
        super(where + ": " + refusal + hint, null, false, false);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
