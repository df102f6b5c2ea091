package org.ekicho.daemon.control;

/// What the command line may ask a running daemon.
public enum Question {
    /// A [DaemonStatus].
    STATUS,
    /// A [org.ekicho.ntp.view.TimeView].
    TIME,
    /// A [ClientList].
    CLIENTS,
    /// A list of [org.ekicho.netboot.trace.TraceView]: the attempts of a machine, or the newest of every machine.
    BOOT_TRACE,
    /// Read the settings again: a [ReloadResult].
    RELOAD,
    /// A [DaemonStatus] without its numbers would do, but a version is what scripts ask for first.
    VERSION
}
