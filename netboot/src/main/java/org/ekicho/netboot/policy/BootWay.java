package org.ekicho.netboot.policy;

/// How a machine is served, as far as that can be varied. The first attempt has [#FIRST]; when one fails, the next
/// differs in one thing.
///
/// @param form     how the answer names the program
/// @param largest  bytes in a TFTP block at most, 512..65464
/// @param window   TFTP blocks under way at most, 1..64
/// @param onePort  TFTP answers from port 69
/// @param loader   0: the first choice for the architecture
/// @param viaHttp  firmware that can is given HTTP URLs
public record BootWay(OfferForm form, int largest, int window, boolean onePort, int loader, boolean viaHttp) {
    /// A block that fits into an Ethernet frame with everything around it, and a window that EDK2 asks for.
    public static final BootWay FIRST = new BootWay(OfferForm.ASK_4011, 1468, 4, false, 0, true);

    public BootWay {
        if (largest < 512 || largest > 65_464 || window < 1 || window > 64 || loader < 0 || loader > 9) {
            throw new IllegalArgumentException("no way to boot: " + largest + ", " + window + ", " + loader);
        }
    }
}
