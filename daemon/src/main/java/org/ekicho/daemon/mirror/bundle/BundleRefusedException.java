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
        super(where + ": " + refusal, null, false, false);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
