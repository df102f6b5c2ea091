package org.ekicho.host.net;

import org.ekicho.host.linux.Errno;
import org.ekicho.host.linux.SystemCallException;
import org.ekicho.wire.Datagram;

/// Why the kernel refused a datagram, and what an admin can do about it.
final class SendFailures {
    private SendFailures() {}

    static SystemCallException of(Datagram datagram, int errno) {
        String call = "send to " + datagram.peerEndpoint()
                + (datagram.local().isAny() ? "" : " from " + datagram.local())
                + (datagram.interfaceIndex == 0 ? "" : " by interface " + datagram.interfaceIndex);
        String remedy = switch (errno) {
            case Errno.ENETUNREACH, Errno.EHOSTUNREACH -> unreachable(datagram);
            case Errno.EINVAL -> "the source address or the interface is not this host's any more";
            case Errno.ENODEV -> "the interface is gone";
            case Errno.ENETDOWN -> "the interface is down; see `ip link`";
            case Errno.EPERM -> "the firewall of this host forbids it; see `nft list ruleset`";
            case Errno.EACCES -> "a broadcast address needs a socket that may broadcast";
            case Errno.EAGAIN, Errno.ENOBUFS -> "the interface takes no more for now";
            case Errno.EMSGSIZE -> "longer than the interface carries";
            default -> "";
        };
        return new SystemCallException(call, errno, remedy);
    }

    private static String unreachable(Datagram datagram) {
        if (datagram.peer().isMulticast()) {
            return datagram.interfaceIndex == 0
                    ? "no route to the group and no interface given: name the interface"
                    : "this interface cannot send to " + (datagram.isPeerV4() ? "IPv4" : "IPv6")
                            + " groups: it is down, has no address, or is lo";
        }
        String source = datagram.local().isAny() ? "" : ", or " + datagram.local() + " is not this host's";
        return "this host has no route there" + source + "; see `ip route get " + datagram.peer() + "`";
    }
}
