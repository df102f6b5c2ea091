package org.ekicho.daemon.boot.dhcp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ekicho.host.net.ArpPacket;
import org.ekicho.netboot.dhcp.DhcpAction;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// Checks under way whether an address is in use: two ARP probes, and a verdict after 400 ms of silence or
/// at the first answer. RFC 5227 waits longer, and firmware gives up on servers that do: EDK2 takes what
/// came in its first 4 s.
final class AddressChecks {
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long VERDICT_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    private final Map<IpAddress, Check> checks = new HashMap<>();

    /// Asks the net who has an address.
    @FunctionalInterface
    interface Asking {
        void ask(IpAddress address) throws IOException;
    }

    private static final class Check {
        private final MacAddress asker;
        private final Asking asking;
        private final long began;
        private boolean askedAgain;

        private Check(MacAddress asker, Asking asking, long began) {
            this.asker = asker;
            this.asking = asking;
            this.began = began;
        }
    }

    /// A finished check.
    record Verdict(IpAddress address, boolean used) {}

    boolean isEmpty() {
        return checks.isEmpty();
    }

    void begin(DhcpAction.Probe probe, Asking asking, long nowNanos) throws IOException {
        checks.put(probe.address(), new Check(probe.asker(), asking, nowNanos));
        asking.ask(probe.address());
    }

    /// Addresses that this packet shows to be in use.
    List<Verdict> heard(ArpPacket packet) {
        List<Verdict> used = new ArrayList<>();
        for (IpAddress address : List.of(packet.sender(), packet.target())) {
            Check check = checks.get(address);
            if (check != null && packet.claims(address) && !packet.mac().equals(check.asker)) {
                checks.remove(address);
                used.add(new Verdict(address, true));
            }
        }
        return used;
    }

    /// Asks again where it is time, and says which addresses nobody has.
    List<Verdict> advance(long nowNanos) throws IOException {
        List<Verdict> free = new ArrayList<>();
        for (Map.Entry<IpAddress, Check> entry : List.copyOf(checks.entrySet())) {
            Check check = entry.getValue();
            if (nowNanos - check.began >= VERDICT_NANOS) {
                checks.remove(entry.getKey());
                free.add(new Verdict(entry.getKey(), false));
            } else if (nowNanos - check.began >= AGAIN_NANOS && !check.askedAgain) {
                check.askedAgain = true;
                check.asking.ask(entry.getKey());
            }
        }
        return free;
    }
}
