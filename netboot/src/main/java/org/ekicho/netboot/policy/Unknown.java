package org.ekicho.netboot.policy;

/// What a machine gets that nobody named.
public enum Unknown {
    /// A menu whose time-out is the local disk.
    MENU,
    /// Nothing: it goes on to its own disk.
    LOCAL_DISK
}
