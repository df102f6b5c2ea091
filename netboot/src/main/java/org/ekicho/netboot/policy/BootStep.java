package org.ekicho.netboot.policy;

/// What a machine gets next. One function decides it; DHCP, TFTP and HTTP carry it out.
public sealed interface BootStep {
    /// Why.
    BootReason why();

    /// A boot program by TFTP.
    ///
    /// @param file      name in the boot index: `ipxe/snponly.efi`
    /// @param form      how the answer says it
    /// @param largest   bytes that a TFTP block may have at most for this machine, 512..65464
    /// @param window    blocks that may be under way at once, 1..64
    /// @param onePort   whether TFTP answers come from port 69 itself, for firewalls that stop high ports
    record ByTftp(String file, OfferForm form, int largest, int window, boolean onePort, BootReason why)
            implements BootStep {}

    /// A boot program or script by HTTP.
    ///
    /// @param path below our own address: `/boot/ipxe/snponly.efi`
    record ByHttp(String path, BootReason why) implements BootStep {}

    /// It is told to go on to its own disk.
    record LocalDisk(BootReason why) implements BootStep {}

    /// It is not answered at all.
    record Silence(BootReason why) implements BootStep {}
}
