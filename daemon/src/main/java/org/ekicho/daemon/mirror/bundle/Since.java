package org.ekicho.daemon.mirror.bundle;

import org.ekicho.mirror.bundle.BundleId;
import org.ekicho.mirror.bundle.Receipt;

/// What the receiver of a bundle is taken to have already.
public sealed interface Since {
    /// Nothing: everything is exported.
    record Nothing() implements Since {}

    /// What was exported last to this receiver.
    record Last() implements Since {}

    /// What this earlier bundle brought.
    record Earlier(BundleId bundle) implements Since {}

    /// What the receiver itself says.
    record Acknowledged(Receipt receipt) implements Since {}
}
