package org.ekicho.daemon.time;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ekicho.host.files.BoundedRead;
import org.ekicho.host.files.DurableFile;
import org.ekicho.ntp.boundary.ReplayFloor;
import org.ekicho.ntp.boundary.SavedState;
import org.ekicho.wire.IpAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the time service keeps on disk: the drift file (classic: one number, ppm) and the replay floors. Written by a
/// thread of its own, the newest of each only, as a disk may take its time.
public final class StateFiles implements TimeMemory {
    private static final Logger LOG = LoggerFactory.getLogger(StateFiles.class);
    /// A floor has about 60 bytes, so this is room for 10,000 senders.
    private static final int MAX_BYTES = 1 << 20;
    /// The clock of no machine is further off.
    private static final double MAX_DRIFT_PPM = 100_000;
    /// How long closing waits for the last write.
    private static final long CLOSE_SECONDS = 5;

    private final Path drift;
    private final Path floors;
    private final Object monitor = new Object();
    private final Map<Sender, Long> floorOf = new LinkedHashMap<>();
    private final CountDownLatch written = new CountDownLatch(1);
    private OptionalDouble unwrittenDrift = OptionalDouble.empty();
    private boolean unwrittenFloors;
    private boolean closing;

    /// Whose newest timestamp is kept.
    private record Sender(IpAddress address, int keyId) {}

    /// @param drift  the drift file
    /// @param floors the file of replay floors
    public StateFiles(Path drift, Path floors) {
        this.drift = drift;
        this.floors = floors;
        Thread.ofPlatform().name("state files").daemon(true).start(this::write);
    }

    @Override
    public SavedState load() {
        List<ReplayFloor> found = readFloors();
        synchronized (monitor) {
            found.forEach(f -> floorOf.putIfAbsent(new Sender(f.sender(), f.keyId()), f.transmit()));
            return new SavedState(readDrift(), currentFloors());
        }
    }

    private OptionalDouble readDrift() {
        try {
            double ppm = Double.parseDouble(read(drift).strip().split("\\s+", 2)[0]);
            return Math.abs(ppm) <= MAX_DRIFT_PPM ? OptionalDouble.of(ppm) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            if (Files.exists(drift)) {
                LOG.warn("{} holds no number; beginning without a known drift", drift);
            }
            return OptionalDouble.empty();
        }
    }

    private List<ReplayFloor> readFloors() {
        List<ReplayFloor> found = new ArrayList<>();
        for (String line : read(floors).lines().toList()) {
            String[] words = line.split(" ", -1);
            try {
                found.add(new ReplayFloor(
                        IpAddress.literal(words[0]),
                        Integer.parseUnsignedInt(words[1]),
                        Long.parseUnsignedLong(words[2], 16)));
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                LOG.warn("{}: a line that is none of ours: {}", floors, line);
            }
        }
        return found;
    }

    private static String read(Path path) {
        try {
            return Files.exists(path) ? BoundedRead.text(path, MAX_BYTES) : "";
        } catch (IOException e) {
            LOG.warn("{}", e.getMessage());
            return "";
        }
    }

    private List<ReplayFloor> currentFloors() {
        return floorOf.entrySet().stream()
                .map(e -> new ReplayFloor(e.getKey().address(), e.getKey().keyId(), e.getValue()))
                .toList();
    }

    @Override
    public void keepDrift(double ppm) {
        synchronized (monitor) {
            unwrittenDrift = OptionalDouble.of(ppm);
            monitor.notifyAll();
        }
    }

    @Override
    public void keepFloor(ReplayFloor floor) {
        synchronized (monitor) {
            floorOf.put(new Sender(floor.sender(), floor.keyId()), floor.transmit());
            unwrittenFloors = true;
            monitor.notifyAll();
        }
    }

    /// Writes whatever is new until closed, then once more.
    private void write() {
        try {
            boolean last;
            do {
                OptionalDouble ppm;
                List<ReplayFloor> kept;
                synchronized (monitor) {
                    while (!closing && unwrittenDrift.isEmpty() && !unwrittenFloors) {
                        monitor.wait();
                    }
                    last = closing;
                    ppm = unwrittenDrift;
                    kept = unwrittenFloors ? currentFloors() : List.of();
                    unwrittenDrift = OptionalDouble.empty();
                    unwrittenFloors = false;
                }
                ppm.ifPresent(value -> save(drift, "%.3f%n".formatted(value)));
                if (!kept.isEmpty()) {
                    save(floors, text(kept));
                }
            } while (!last);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            written.countDown();
        }
    }

    private static String text(List<ReplayFloor> kept) {
        StringBuilder text = new StringBuilder();
        for (ReplayFloor floor : kept) {
            text.append(floor.sender()).append(' ');
            text.append(Integer.toUnsignedString(floor.keyId())).append(' ');
            text.append("%016x".formatted(floor.transmit())).append('\n');
        }
        return text.toString();
    }

    private static void save(Path path, String text) {
        try {
            Files.createDirectories(path.toAbsolutePath().resolveSibling("."));
            new DurableFile(path).write(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            LOG.warn("could not keep {}: {}", path, e.toString());
        }
    }

    @Override
    public void close() {
        synchronized (monitor) {
            closing = true;
            monitor.notifyAll();
        }
        try {
            if (!written.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the disk did not take {} in time", floors);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
