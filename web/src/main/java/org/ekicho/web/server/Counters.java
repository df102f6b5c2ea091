package org.ekicho.web.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.ekicho.web.WebReason;
import org.ekicho.web.log.AccessLog;

/// What happened since the start, counted by all event loops.
final class Counters {
    private final LongAdder requests = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final AtomicLongArray refused = new AtomicLongArray(WebReason.values().length);
    private final Map<String, AtomicInteger> byAddress = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();

    private final int perAddress;

    /// @param perAddress connections of one address at most
    Counters(int perAddress) {
        this.perAddress = perAddress;
    }

    void answered(long bodyBytes) {
        requests.increment();
        bytes.add(bodyBytes);
    }

    void refuse(WebReason reason) {
        refused.incrementAndGet(reason.ordinal());
    }

    /// Whether one more connection of this address has room; if so, it is counted.
    boolean take(String address) {
        if (open.get() >= WebLimits.MAX_CONNECTIONS) {
            return false;
        }
        boolean room = byAddress
                        .compute(address, (a, count) -> {
                            AtomicInteger counted = count == null ? new AtomicInteger() : count;
                            counted.incrementAndGet();
                            return counted;
                        })
                        .get()
                <= perAddress;
        if (room) {
            open.incrementAndGet();
        } else {
            forget(address);
        }
        return room;
    }

    void release(String address) {
        open.decrementAndGet();
        forget(address);
    }

    private void forget(String address) {
        byAddress.computeIfPresent(address, (a, count) -> count.decrementAndGet() == 0 ? null : count);
    }

    WebTraffic traffic(AccessLog log) {
        List<WebTraffic.Refusals> refusals = new ArrayList<>();
        for (WebReason reason : WebReason.values()) {
            long count = refused.get(reason.ordinal());
            if (count > 0) {
                refusals.add(new WebTraffic.Refusals(reason, count));
            }
        }
        return new WebTraffic(requests.sum(), bytes.sum(), open.get(), refusals, log.lost());
    }
}
