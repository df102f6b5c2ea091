package org.ekicho.netboot.policy;

/// How a machine is led to its boot program: the six things of which a next attempt changes one.
///
/// @param form    how the DHCP answer says it
/// @param largest bytes that a TFTP block may have at most, 512..65464
/// @param window  blocks that may be under way at once, 1..64
/// @param onePort whether TFTP answers come from port 69 itself
/// @param loader  place in the policy's list of loaders for the machine's architecture, from 0
/// @param viaHttp whether firmware that can is sent to HTTP Boot first
public record BootWay(OfferForm form, int largest, int window, boolean onePort, int loader, boolean viaHttp) {
    public static final int SMALLEST_BLOCK = 512;
    public static final int LARGEST_BLOCK = 65464;
    public static final int LARGEST_WINDOW = 64;
    /// Loaders of one architecture that can be told apart; there are four: snponly, ipxe, grub, shim.
    public static final int MAX_LOADERS = 16;

    public BootWay {
        if (largest < SMALLEST_BLOCK || largest > LARGEST_BLOCK) {
            throw new IllegalArgumentException("a block has 512..65464 bytes, not " + largest);
        }
        if (window < 1 || window > LARGEST_WINDOW) {
            throw new IllegalArgumentException("a window has 1..64 blocks, not " + window);
        }
        if (loader < 0 || loader >= MAX_LOADERS) {
            throw new IllegalArgumentException("a loader's place is 0..15, not " + loader);
        }
    }

    /// The way that is tried first: full Ethernet frames, the window that EDK2 asks for, high ports, the first loader.
    public static BootWay first(OfferForm form) {
        return new BootWay(form, 1468, 4, false, 0, false);
    }

    public BootWay withForm(OfferForm other) {
        return new BootWay(other, largest, window, onePort, loader, viaHttp);
    }

    public BootWay withLargest(int other) {
        return new BootWay(form, other, window, onePort, loader, viaHttp);
    }

    public BootWay withWindow(int other) {
        return new BootWay(form, largest, other, onePort, loader, viaHttp);
    }

    public BootWay fromOnePort() {
        return new BootWay(form, largest, window, true, loader, viaHttp);
    }

    public BootWay withLoader(int other) {
        return new BootWay(form, largest, window, onePort, other, viaHttp);
    }

    public BootWay byHttp() {
        return new BootWay(form, largest, window, onePort, loader, true);
    }

    /// In how many of the six things two ways differ.
    public int differences(BootWay other) {
        return (form == other.form ? 0 : 1)
                + (largest == other.largest ? 0 : 1)
                + (window == other.window ? 0 : 1)
                + (onePort == other.onePort ? 0 : 1)
                + (loader == other.loader ? 0 : 1)
                + (viaHttp == other.viaHttp ? 0 : 1);
    }

    /// What this way does otherwise than the one before, in words; empty text when nothing.
    public String change(BootWay before) {
        if (largest != before.largest) return "TFTP blocks of at most " + largest + " bytes";
        if (window != before.window)
            return window == 1 ? "one TFTP block at a time" : window + " TFTP blocks at a time";
        if (onePort != before.onePort) return onePort ? "TFTP answers from port 69" : "TFTP answers from high ports";
        if (loader != before.loader) return "the loader at place " + (loader + 1);
        if (viaHttp != before.viaHttp) return viaHttp ? "HTTP Boot instead of TFTP" : "TFTP instead of HTTP Boot";
        if (form == before.form) return "";
        return form == OfferForm.IN_OFFER ? "the boot file in the offer itself" : "the boot file on port 4011";
    }
}
