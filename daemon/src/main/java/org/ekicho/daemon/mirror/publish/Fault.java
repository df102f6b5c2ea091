package org.ekicho.daemon.mirror.publish;

import org.ekicho.mirror.MirrorReason;

/// What is wrong with one file.
///
/// @param path   relative to the repository
/// @param reason why it is refused
/// @param detail what was expected and what is there
public record Fault(String path, MirrorReason reason, String detail) {
    public String sentence() {
        return path + ": " + reason.sentence() + (detail.isEmpty() ? "" : " (" + detail + ")");
    }
}
