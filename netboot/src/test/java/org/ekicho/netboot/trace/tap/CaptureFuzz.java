package org.ekicho.netboot.trace.tap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.ekicho.netboot.trace.MachineTrace;
import org.ekicho.netboot.trace.TraceBook;
import org.ekicho.netboot.trace.TraceText;
import org.ekicho.netboot.trace.TraceView;

/// Any bytes as a capture: reading ends, what was seen can be traced and printed.
public final class CaptureFuzz {
    private CaptureFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        TraceBook book = new TraceBook();
        WireTap.Tapped tapped;
        try {
            tapped = WireTap.read(new ByteArrayInputStream(data), Captures.OURS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tapped.events().forEach(book::add);
        for (MachineTrace machine : book.machines()) {
            TraceView.latest(machine, tapped.summary().lastAt()).ifPresent(view -> {
                String text = TraceText.format(view) + TraceText.line(view);
                if (text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
                    throw new IllegalStateException("a control character in the text");
                }
            });
        }
    }
}
