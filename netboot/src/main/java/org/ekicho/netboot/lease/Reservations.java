package org.ekicho.netboot.lease;

import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ekicho.netboot.dhcp.DhcpPacket;
import org.ekicho.netboot.dhcp.OptionCode;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// The reservations by whom they are for. A client id counts before a hardware address.
final class Reservations {
    private final Map<MacAddress, Reservation> byMac = new HashMap<>();
    private final Map<String, Reservation> byClientId = new HashMap<>();
    private final Set<IpAddress> addresses;

    Reservations(List<Reservation> all) {
        for (Reservation reservation : all) {
            reservation.mac().ifPresent(mac -> byMac.putIfAbsent(mac, reservation));
            reservation.clientId().ifPresent(id -> byClientId.putIfAbsent(id, reservation));
        }
        addresses = all.stream().flatMap(one -> one.address().stream()).collect(Collectors.toUnmodifiableSet());
    }

    Optional<Reservation> of(DhcpPacket request) {
        Reservation byId = byClientId.isEmpty()
                ? null
                : byClientId.get(HexFormat.of().formatHex(request.options().bytes(OptionCode.CLIENT_ID)));
        return Optional.ofNullable(byId).or(() -> Optional.ofNullable(byMac.get(request.mac())));
    }

    Optional<IpAddress> addressOf(LeaseAnswers.Question question) {
        return question.reservation().flatMap(Reservation::address);
    }

    boolean isReserved(IpAddress address) {
        return addresses.contains(address);
    }

    Collection<IpAddress> addresses() {
        return addresses;
    }
}
