package org.ekicho.ntp.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.association.RefusalCounts;
import org.ekicho.ntp.view.ReasonCount;
import org.ekicho.ntp.view.StrayView;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// Packets that belonged to no association: counted by reason, and the last senders remembered.
final class Strays {
    /// Enough to show who is misconfigured on a site; a flood of forged senders costs no more.
    private static final int MAX_SENDERS = 64;

    private final RefusalCounts counts = new RefusalCounts();
    private final Map<Key, StrayView> senders = new LinkedHashMap<>();

    private record Key(IpAddress sender, IpAddress to, NtpReason reason) {}

    void count(Endpoint sender, IpAddress to, int keyId, NtpReason reason, long clockNanos) {
        counts.count(reason);
        Key key = new Key(sender.address(), to, reason);
        StrayView before = senders.remove(key);
        long count = before == null ? 1 : before.count() + 1;
        if (senders.size() >= MAX_SENDERS) {
            senders.remove(senders.keySet().iterator().next());
        }
        senders.put(key, new StrayView(sender, to, keyId, reason, count, clockNanos));
    }

    List<ReasonCount> counts() {
        return counts.list();
    }

    /// The senders, newest first.
    List<StrayView> newestFirst() {
        return new ArrayList<>(senders.values()).reversed();
    }
}
