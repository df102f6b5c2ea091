package org.ekicho.daemon.time;

import java.util.Arrays;
import org.ekicho.wire.Datagram;

/// Which interfaces' datagrams are for us, by kernel index. Immutable.
final class ServedInterfaces {
    /// Every interface.
    static final ServedInterfaces ALL = new ServedInterfaces(new int[0]);

    private final int[] refused;

    /// @param refused indexes of the interfaces that take no part
    ServedInterfaces(int[] refused) {
        this.refused = refused.clone();
        Arrays.sort(this.refused);
    }

    boolean serves(Datagram datagram) {
        return refused.length == 0 || Arrays.binarySearch(refused, datagram.interfaceIndex) < 0;
    }
}
