package org.ekicho.ntp.broadcast;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.association.Interval;
import org.ekicho.ntp.boundary.ReplayFloor;
import org.ekicho.ntp.boundary.TimeAction;
import org.ekicho.ntp.packet.NtpTimestamp;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.Moment;
import org.jspecify.annotations.Nullable;

/// The newest transmit timestamp seen from each sender under each key. A packet that is not newer is a replay, also
/// after a restart, since the floors are kept outside.
final class ReplayFloors {
    /// Senders with a good MAC are few; the oldest floor makes room beyond this.
    private static final int MAX_FLOORS = 256;
    /// A floor is kept outside at most this often: what an attacker may replay after a crash is no older.
    private static final long SAVE_INTERVAL = Interval.ofSeconds(60);

    private final Map<Key, Floor> floors = new LinkedHashMap<>();

    private record Key(IpAddress sender, int keyId) {}

    /// @param savedAt monotonic time at which it was last kept outside; null: it came from there
    private record Floor(long transmit, @Nullable Long savedAt) {}

    ReplayFloors(List<ReplayFloor> saved) {
        for (ReplayFloor floor : saved) {
            put(new Key(floor.sender(), floor.keyId()), new Floor(floor.transmit(), null));
        }
    }

    private void put(Key key, Floor floor) {
        floors.remove(key);
        if (floors.size() >= MAX_FLOORS) {
            floors.remove(floors.keySet().iterator().next());
        }
        floors.put(key, floor);
    }

    /// OK for a packet that is newer than all before it, DUPLICATE for the newest again, REPLAY for an older one.
    NtpReason check(IpAddress sender, int keyId, long transmit) {
        Floor floor = floors.get(new Key(sender, keyId));
        if (floor == null || NtpTimestamp.isAfter(transmit, floor.transmit)) {
            return NtpReason.OK;
        }
        return transmit == floor.transmit ? NtpReason.DUPLICATE : NtpReason.REPLAY;
    }

    Optional<Long> of(IpAddress sender, int keyId) {
        return Optional.ofNullable(floors.get(new Key(sender, keyId))).map(Floor::transmit);
    }

    /// A genuine packet came: its timestamp is the floor from now on.
    void raise(IpAddress sender, int keyId, long transmit, Moment now, Consumer<TimeAction> out) {
        Key key = new Key(sender, keyId);
        Floor before = floors.get(key);
        Long savedAt = before == null ? null : before.savedAt;
        if (savedAt == null || now.monotonicNanos() - savedAt >= SAVE_INTERVAL) {
            savedAt = now.monotonicNanos();
            out.accept(new TimeAction.SaveFloor(new ReplayFloor(sender, keyId, transmit)));
        }
        put(key, new Floor(transmit, savedAt));
    }

    /// The sender proved, by answering a nonce, that its clock now stands before the floor: the floor comes down.
    void lower(IpAddress sender, int keyId, long transmit, Moment now, Consumer<TimeAction> out) {
        out.accept(new TimeAction.SaveFloor(new ReplayFloor(sender, keyId, transmit)));
        put(new Key(sender, keyId), new Floor(transmit, now.monotonicNanos()));
    }
}
