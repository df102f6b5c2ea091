package org.ekicho.netboot.trace.tap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;
import org.ekicho.netboot.trace.MachineTrace;
import org.ekicho.netboot.trace.TraceBook;
import org.ekicho.netboot.trace.TraceView;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// The captures of real firmware, read.
final class Captures {
    static final MacAddress MACHINE = MacAddress.literal("52:54:00:77:00:01");
    static final Set<IpAddress> OURS = Set.of(IpAddress.literal("10.77.0.1"));

    private Captures() {}

    static InputStream open(String name) {
        return Objects.requireNonNull(Captures.class.getResourceAsStream("/golden/boot/" + name), name);
    }

    static byte[] bytes(String name) {
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static WireTap.Tapped tap(String name) {
        try (InputStream in = open(name + ".pcap")) {
            return WireTap.read(in, OURS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MachineTrace machine(String name) {
        TraceBook book = new TraceBook();
        tap(name).events().forEach(book::add);
        return book.machine(MACHINE).orElseThrow();
    }

    /// The trace as it was right when the capture ended.
    static TraceView view(String name) {
        return TraceView.latest(machine(name), tap(name).summary().lastAt()).orElseThrow();
    }
}
