package org.ekicho.daemon.time;

import java.util.ArrayList;
import java.util.List;
import org.ekicho.ntp.boundary.LocalInterface;
import org.ekicho.ntp.server.InterfaceFilter;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;

/// Which datagrams are for us: by the address that they were sent to, and for groups and broadcasts to all by the
/// interface that they came in by. Immutable; asked once per datagram, without allocation.
final class ServedInterfaces {
    /// Every interface.
    static final ServedInterfaces ALL = new ServedInterfaces(new int[0], List.of());

    private final int[] refusedIndexes;
    private final IpAddress[] refusedAddresses;

    private ServedInterfaces(int[] refusedIndexes, List<IpAddress> refusedAddresses) {
        this.refusedIndexes = refusedIndexes;
        this.refusedAddresses = refusedAddresses.toArray(IpAddress[]::new);
    }

    /// What the rules say of the interfaces as they are now.
    static ServedInterfaces of(List<LocalInterface> interfaces, InterfaceFilter filter) {
        List<IpAddress> refused = new ArrayList<>();
        for (LocalInterface on : interfaces) {
            for (LocalInterface.Address own : on.addresses()) {
                if (!filter.serves(on, own.address())) {
                    refused.add(own.address());
                    own.broadcast().ifPresent(refused::add);
                }
            }
        }
        int[] indexes = interfaces.stream()
                .filter(on -> !on.addresses().isEmpty() && !filter.serves(on))
                .mapToInt(LocalInterface::index)
                .toArray();
        return new ServedInterfaces(indexes, refused);
    }

    boolean serves(Datagram datagram) {
        for (IpAddress refused : refusedAddresses) {
            if (refused.low() == datagram.localLow && refused.high() == datagram.localHigh) {
                return false;
            }
        }
        if (refusedIndexes.length > 0 && !isUnicast(datagram)) {
            for (int refused : refusedIndexes) {
                if (refused == datagram.interfaceIndex) {
                    return false;
                }
            }
        }
        return true;
    }

    /// False for groups and `255.255.255.255`. Broadcast addresses of refused subnets are refused as addresses.
    private static boolean isUnicast(Datagram datagram) {
        if (datagram.localHigh == 0 && (datagram.localLow >>> 32) == 0xffff) {
            int bits = (int) datagram.localLow;
            return bits >>> 28 != 0xe && bits != -1;
        }
        return datagram.localHigh >>> 56 != 0xff;
    }
}
