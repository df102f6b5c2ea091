package org.ekicho.netboot.policy;

/// How an answer tells firmware where its boot program is, for firmware that understands one way and not the other.
public enum OfferForm {
    /// File and server in the offer, option 43 with discovery control 8: "use this packet" (PXE 2.1 §3.3.2). BIOS ROMs.
    IN_OFFER,
    /// File and server in the offer, no option 43; the client then asks port 4011. The form most UEFI understands.
    ASK_4011
}
