package org.ekicho.host.net;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Tells when interfaces or addresses change. The kernel says so by netlink; where it may not be asked (some
/// containers), the list is looked at anew each time and compared.
///
/// Belongs to one thread; `close` may come from another. A wait under way then lasts until its time is over.
public final class InterfaceWatch implements Closeable {
    /// RTMGRP_LINK, RTMGRP_IPV4_IFADDR, RTMGRP_IPV6_IFADDR.
    private static final int GROUPS = 0x1 | 0x10 | 0x100;

    private final Optional<NetlinkSocket> news;
    private List<NetInterface> known;

    private InterfaceWatch(Optional<NetlinkSocket> news, List<NetInterface> known) {
        this.news = news;
        this.known = known;
    }

    public static InterfaceWatch open() throws IOException {
        Optional<NetlinkSocket> news;
        try {
            news = Optional.of(NetlinkSocket.open(GROUPS));
        } catch (IOException refused) {
            // Not fatal: changes are then found by looking.
            news = Optional.empty();
        }
        return new InterfaceWatch(news, Interfaces.list());
    }

    /// The interfaces as last seen.
    public List<NetInterface> known() {
        return known;
    }

    /// Waits until something has changed, then `known` is new; or until the time is over.
    ///
    /// @return whether anything that a [NetInterface] tells is different
    public boolean await(Duration timeout) throws IOException, InterruptedException {
        if (news.isPresent()) {
            if (!news.get().await(timeout)) {
                return false;
            }
        } else {
            Thread.sleep(timeout);
        }
        List<NetInterface> now = Interfaces.list();
        boolean changed = !now.equals(known);
        known = now;
        return changed;
    }

    @Override
    public void close() {
        news.ifPresent(NetlinkSocket::close);
    }
}
