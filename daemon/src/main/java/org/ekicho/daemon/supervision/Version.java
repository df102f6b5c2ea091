package org.ekicho.daemon.supervision;

/// Which Ekicho this is.
public final class Version {
    /// As the build's files have it.
    public static final String NUMBER = "0.1.0";

    private Version() {}
}
