package org.ekicho.netboot.client;

/// What of a machine is asking. The same machine comes by in this order.
public enum BootStage {
    /// Firmware that loads by TFTP: vendor class `PXEClient`.
    PXE_ROM("its firmware (PXE)"),
    /// Firmware that loads by HTTP: vendor class `HTTPClient`.
    HTTP_ROM("its firmware (HTTP Boot)"),
    /// iPXE, by user class `iPXE` or option 175, from a ROM or as a program that was loaded.
    IPXE("iPXE"),
    /// An installer's system: `anaconda-…`, `d-i`, udhcp.
    INSTALLER("its installer"),
    /// Anything else that takes an address.
    SYSTEM("its system");

    private final String words;

    BootStage(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /// True for those that must be told what to load.
    public boolean boots() {
        return this == PXE_ROM || this == HTTP_ROM || this == IPXE;
    }
}
