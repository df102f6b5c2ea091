package org.ekicho.netboot.trace;

/// Who sent a DHCP message.
public enum Whose {
    /// The machine itself.
    CLIENT,
    /// This server.
    OURS,
    /// A DHCP or boot server that is not ours.
    OTHER
}
