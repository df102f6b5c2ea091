package org.ekicho.netboot.policy;

/// What a machine is to end in, whatever stage of it asks.
public sealed interface BootOutcome {
    /// Why.
    BootReason why();

    /// An installer.
    record Install(InstallOrder order, Profile profile, BootReason why) implements BootOutcome {}

    /// The menu.
    record Menu(BootReason why) implements BootOutcome {}

    /// Its own disk.
    record OwnDisk(BootReason why) implements BootOutcome {}
}
