package org.ekicho.lab.time;

/// The `ntp.conf` files of a site that keeps time by keyed multicast, as its admins have them, plus what makes a test
/// quick: a short wait for the local clock and a packet each 16 seconds.
final class ReferenceFiles {
    private static final String ACCESS = "restrict 192.168.55.0 mask 255.255.255.0 nomodify notrap\n";

    private ReferenceFiles() {}

    /// A server that sends multicast under a key, or without one when `key` is empty.
    static String server(String keyFile, String key) {
        return ACCESS + """
                keys %s
                trustedkey 10 11 12
                broadcast 224.0.1.1 %s minpoll 4
                server 127.127.1.0 minpoll 4
                fudge 127.127.1.0 stratum 10
                tos orphanwait 1
                """.formatted(keyFile, key.isEmpty() ? "" : "key " + key);
    }

    /// A receiver that trusts these key ids.
    static String receiver(String keyFile, String trusted) {
        return ACCESS + """
                multicastclient 224.0.1.1
                keys %s
                trustedkey %s
                """.formatted(keyFile, trusted);
    }
}
