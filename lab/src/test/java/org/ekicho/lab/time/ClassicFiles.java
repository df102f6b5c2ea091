package org.ekicho.lab.time;

import org.ekicho.lab.lan.Machine;

/// `ntp.conf` files as admins of classic sites write them, made quick (minpoll 4, a short wait for the local clock) and
/// harmless (no kernel discipline).
final class ClassicFiles {
    private ClassicFiles() {}

    /// A server that believes its own clock and sends keyed multicast.
    static String server(String keyFile, String key) {
        return """
                disable kernel
                restrict default nomodify notrap
                server 127.127.1.0 minpoll 4
                fudge 127.127.1.0 stratum 10
                tos orphanwait 1
                keys %s
                trustedkey %s
                broadcast 224.0.1.1 key %s minpoll 4
                """.formatted(keyFile, key, key);
    }

    /// What a classic receiver cannot do without: it joins on the interface of the route to the group, or nowhere.
    static void multicastRoute(Machine receiver) {
        receiver.must("ip", "route", "add", "224.0.0.0/4", "dev", "eth0");
    }

    /// A receiver of keyed multicast.
    static String receiver(String keyFile, String key) {
        return """
                disable kernel
                restrict default nomodify notrap
                multicastclient 224.0.1.1
                keys %s
                trustedkey %s
                """.formatted(keyFile, key);
    }
}
