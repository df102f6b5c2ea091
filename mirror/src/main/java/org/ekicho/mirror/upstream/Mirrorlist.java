package org.ekicho.mirror.upstream;

import java.util.ArrayList;
import java.util.List;
import org.ekicho.mirror.MirrorReason;
import org.ekicho.mirror.Reading;
import org.ekicho.mirror.Refusal;

/// A `mirrorlist=` answer: one address a line, `#` begins a comment (librepo: `mirrorlist.c`).
public final class Mirrorlist {
    /// Fedora's list has 200 lines of 80 characters.
    public static final int MAX_BYTES = 1 << 20;
    /// More are not tried.
    static final int MAX_MIRRORS = 200;

    private Mirrorlist() {}

    /// The addresses in order. Lines that are none are passed over; a list without any is refused, and a web page is
    /// told
    /// for what it is.
    public static Reading<List<String>> parse(String text) {
        if (text.stripLeading().startsWith("<")) {
            return refused(MirrorReason.NOT_WHAT_IT_SHOULD_BE, "it is a web page, not a list of mirrors");
        }
        List<String> addresses = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String address = line.strip();
            boolean usable = address.contains("://") || address.startsWith("/");
            if (usable && !address.startsWith("#") && addresses.size() < MAX_MIRRORS) {
                addresses.add(address.startsWith("/") ? "file://" + address : address);
            }
        }
        return addresses.isEmpty()
                ? refused(MirrorReason.NOT_WHAT_IT_SHOULD_BE, "it names no mirror: " + Refusal.quote(text.strip()))
                : new Reading.Done<>(List.copyOf(addresses));
    }

    private static Reading<List<String>> refused(MirrorReason reason, String detail) {
        return new Reading.Refused<>(Refusal.of(reason, detail));
    }
}
