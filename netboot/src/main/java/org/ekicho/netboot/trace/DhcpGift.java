package org.ekicho.netboot.trace;

import java.util.Optional;
import org.ekicho.wire.IpAddress;

/// What a DHCP message gives, or in a REQUEST asks for.
///
/// @param server  option 54: who gives; in a REQUEST the server that was chosen
/// @param address `yiaddr` (option 50 in a REQUEST); empty in the offers of a proxyDHCP
/// @param next    `siaddr`, from where the file is to be fetched; empty when 0.0.0.0
/// @param file    option 67, else the field `file`; empty text when none
/// @param pxe     whether option 60 is in a reply: it then comes from a boot service
public record DhcpGift(
        Optional<IpAddress> server, Optional<IpAddress> address, Optional<IpAddress> next, String file, boolean pxe) {
    /// Nothing: a DISCOVER.
    public static final DhcpGift NONE = new DhcpGift(Optional.empty(), Optional.empty(), Optional.empty(), "", false);

    public DhcpGift {
        file = Printable.cut(file);
    }
}
