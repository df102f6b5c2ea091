package org.ekicho.netboot.trace.way;

import org.ekicho.netboot.trace.Printable;
import org.ekicho.wire.MacAddress;

/// Machines that behave alike: the same firmware on network cards of the same maker.
///
/// @param vendorClass option 60: `PXEClient:Arch:00007:UNDI:003000`
/// @param maker       first half of the hardware address: `52:54:00`
public record BootModel(String vendorClass, String maker) {
    public BootModel {
        vendorClass = Printable.cut(vendorClass);
    }

    public static BootModel of(String vendorClass, MacAddress mac) {
        return new BootModel(vendorClass, mac.maker());
    }
}
