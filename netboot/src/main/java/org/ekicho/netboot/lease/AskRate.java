package org.ekicho.netboot.lease;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ekicho.wire.MacAddress;

/// How often each machine may ask: a burst as a boot makes it, then a few a second. What is remembered is
/// bounded; the machine that has not asked for longest is forgotten first, which does it no harm.
final class AskRate {
    /// Packets at once: firmware, iPXE and an installer together send about ten.
    private static final int BURST = 20;
    private static final long EVERY_NANOS = 250_000_000L;
    /// Machines remembered: 100 bytes each.
    private static final int MAX_MACHINES = 1 << 14;

    /// By machine: when its burst would be whole again.
    private final Map<MacAddress, Long> whole = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<MacAddress, Long> eldest) {
            return size() > MAX_MACHINES;
        }
    };

    /// Counts a packet; false when the machine has asked too often.
    boolean admits(MacAddress mac, long nowNanos) {
        Long before = whole.get(mac);
        long from = before == null || before - nowNanos < 0 ? nowNanos : before;
        if (from - nowNanos > (BURST - 1) * EVERY_NANOS) return false;
        whole.put(mac, from + EVERY_NANOS);
        return true;
    }
}
