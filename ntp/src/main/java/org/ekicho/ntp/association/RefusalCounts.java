package org.ekicho.ntp.association;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.view.ReasonCount;

/// How often packets were refused, by reason.
public final class RefusalCounts {
    private final Map<NtpReason, Long> counts = new EnumMap<>(NtpReason.class);
    private Optional<NtpReason> last = Optional.empty();

    public void count(NtpReason reason) {
        counts.merge(reason, 1L, Long::sum);
        last = Optional.of(reason);
    }

    /// Why the last refused packet was refused.
    public Optional<NtpReason> last() {
        return last;
    }

    public long of(NtpReason reason) {
        return counts.getOrDefault(reason, 0L);
    }

    public List<ReasonCount> list() {
        List<ReasonCount> list = new ArrayList<>(counts.size());
        counts.forEach((reason, count) -> list.add(new ReasonCount(reason, count)));
        return list;
    }
}
