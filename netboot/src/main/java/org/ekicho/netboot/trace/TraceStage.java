package org.ekicho.netboot.trace;

/// Where on its way a machine is. In this order.
public enum TraceStage {
    /// The firmware looks for a program to start.
    ROM("firmware"),
    /// iPXE, GRUB, shim or pxelinux runs.
    LOADER("loader"),
    /// Kernel and initrd are fetched.
    KERNEL("kernel"),
    /// The installer's system runs.
    INSTALLER("installer"),
    /// The installation reports.
    REPORT("report");

    private final String words;

    TraceStage(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
