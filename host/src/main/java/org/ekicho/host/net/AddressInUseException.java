package org.ekicho.host.net;

import java.util.List;
import java.util.stream.Collectors;
import org.ekicho.host.PortOwner;
import org.ekicho.host.linux.Errno;
import org.ekicho.host.linux.SystemCallException;
import org.ekicho.wire.Endpoint;

/// A port that somebody else has; says who.
public final class AddressInUseException extends SystemCallException {
    private final transient Endpoint wanted;
    private final transient List<PortOwner> owners;

    AddressInUseException(Endpoint wanted, List<PortOwner> owners) {
        super("bind to UDP " + wanted, Errno.EADDRINUSE, remedy(owners));
        this.wanted = wanted;
        this.owners = owners;
    }

    public Endpoint wanted() {
        return wanted;
    }

    /// Who has it; empty when it was given up meanwhile.
    public List<PortOwner> owners() {
        return owners;
    }

    private static String remedy(List<PortOwner> owners) {
        if (owners.isEmpty()) {
            return "whoever had it seems to be gone; try again";
        }
        String names = owners.stream().map(PortOwner::toString).distinct().collect(Collectors.joining(", "));
        String stop = owners.stream()
                .flatMap(owner -> owner.unit().stream())
                .findFirst()
                .map(unit -> "systemctl disable --now " + unit)
                .orElse("stop it");
        return "it is taken by " + names + ": " + stop + ", or choose another address or port";
    }
}
