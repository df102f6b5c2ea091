package org.ekicho.host.net;

import static org.ekicho.host.linux.Sockets.AF_INET;
import static org.ekicho.host.linux.Sockets.AF_INET6;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ekicho.host.linux.Errno;
import org.ekicho.host.linux.SystemCallException;
import org.ekicho.wire.IpAddress;

/// What the kernel's routing tables say; the question of `ip route get`.
public final class Routes {
    private static final int FIXED = 12;
    private static final int RTA_DST = 1;
    private static final int RTA_OIF = 4;
    private static final int RTA_GATEWAY = 5;
    private static final int RTA_PREFSRC = 7;
    private static final int TYPE = 7;
    /// RTN_BLACKHOLE and all above it lead nowhere.
    private static final int LEADS_NOWHERE = 6;

    private Routes() {}

    /// The way to `destination`; empty when there is none. A group has one only if a route (a default one will do)
    /// covers it; Ekicho itself names the interface and needs none.
    public static Optional<Route> toward(IpAddress destination) throws IOException {
        byte[] address = destination.toBytes();
        byte[] body = new byte[FIXED + 4 + address.length];
        body[0] = (byte) (destination.isV4() ? AF_INET : AF_INET6);
        body[1] = (byte) (address.length * 8);
        NetlinkMessage.Bytes.SHORT.set(body, FIXED, (short) (4 + address.length));
        NetlinkMessage.Bytes.SHORT.set(body, FIXED + 2, (short) RTA_DST);
        System.arraycopy(address, 0, body, FIXED + 4, address.length);
        try (NetlinkSocket kernel = NetlinkSocket.open(0)) {
            return decode(kernel.ask(NetlinkMessage.RTM_GETROUTE, 0, body));
        } catch (SystemCallException e) {
            return switch (e.errno()) {
                case Errno.ENETUNREACH, Errno.EHOSTUNREACH, Errno.EACCES, Errno.EINVAL -> Optional.empty();
                default -> throw e;
            };
        }
    }

    static Optional<Route> decode(List<NetlinkMessage> answer) {
        for (NetlinkMessage message : answer) {
            if (message.type() != NetlinkMessage.RTM_NEWROUTE
                    || message.length() < FIXED
                    || message.u8(TYPE) >= LEADS_NOWHERE) {
                continue;
            }
            Map<Integer, byte[]> attributes = message.attributes(FIXED);
            byte[] index = attributes.getOrDefault(RTA_OIF, new byte[0]);
            if (index.length == 4) {
                return Optional.of(new Route(
                        (int) NetlinkMessage.Bytes.INT.get(index, 0),
                        address(attributes, RTA_PREFSRC)
                                .orElse(message.u8(0) == AF_INET ? IpAddress.ANY_V4 : IpAddress.ANY_V6),
                        address(attributes, RTA_GATEWAY)));
            }
        }
        return Optional.empty();
    }

    private static Optional<IpAddress> address(Map<Integer, byte[]> attributes, int type) {
        byte[] value = attributes.getOrDefault(type, new byte[0]);
        return value.length == 4 || value.length == 16
                ? Optional.of(IpAddress.ofBytes(Arrays.copyOf(value, value.length)))
                : Optional.empty();
    }
}
