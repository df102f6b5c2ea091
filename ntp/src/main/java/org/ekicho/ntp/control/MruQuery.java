package org.ekicho.ntp.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.control.VariableNames.Item;

/// What a query for the client list asks: how much, which rows, and after which row to go on.
///
/// @param nonce       proof of the address
/// @param fragments   datagrams at most, 1..128
/// @param rows        rows at most, 1..256
/// @param leastCount  rows with fewer packets are left out
/// @param allFlags    rows must have all of these classic restrict bits
/// @param anyFlags    rows must have one of them; 0: no matter
/// @param oldest      rows that were last seen more seconds ago are left out; 0: no matter
/// @param youngest    rows that were last seen fewer seconds ago are left out
/// @param recent      only about so many of the newest rows; 0: all
/// @param seen        rows that the asker has, newest first: the answer goes on after the first that did not change
record MruQuery(
        String nonce,
        int fragments,
        int rows,
        long leastCount,
        int allFlags,
        int anyFlags,
        long oldest,
        long youngest,
        int recent,
        List<Seen> seen) {
    private static final int MAX_FRAGMENTS = 128;
    private static final int MAX_ROWS = 256;
    /// Rows that a query may go on after (classic: 16).
    private static final int MAX_SEEN = 16;

    /// One row that the asker has: address and port, and the time of its last packet, both as the answer told them.
    record Seen(String address, String last) {}

    MruQuery {
        seen = List.copyOf(seen);
    }

    /// The query in these items; empty when a value is wrong, or neither `frags` nor `limit` says how much to send.
    static Optional<MruQuery> of(List<Item> items) {
        Reader reader = new Reader(items);
        int fragments = (int) reader.number("frags", MAX_FRAGMENTS);
        int rows = (int) reader.number("limit", MAX_ROWS);
        MruQuery query = new MruQuery(
                reader.text("nonce"),
                fragments == 0 ? MAX_FRAGMENTS : fragments,
                rows == 0 ? MAX_ROWS : rows,
                reader.number("mincount", Integer.MAX_VALUE),
                (int) reader.number("resall", 0xffff),
                (int) reader.number("resany", 0xffff),
                reader.number("maxlstint", Integer.MAX_VALUE),
                reader.number("minlstint", Integer.MAX_VALUE),
                (int) reader.number("recent", Integer.MAX_VALUE),
                reader.seen());
        return reader.failed || (fragments == 0 && rows == 0) ? Optional.empty() : Optional.of(query);
    }

    private static final class Reader {
        private final List<Item> items;
        private boolean failed;

        private Reader(List<Item> items) {
            this.items = items;
        }

        private String text(String name) {
            return items.stream()
                    .filter(item -> item.name().equals(name))
                    .map(Item::value)
                    .findFirst()
                    .orElse("");
        }

        /// A decimal or `0x` number of 0..max; 0 when it is not there.
        private long number(String name, long max) {
            String text = text(name);
            if (text.isEmpty()) {
                return 0;
            }
            try {
                long value = Long.decode(text);
                failed |= value < 0 || value > max;
                return failed ? 0 : value;
            } catch (NumberFormatException e) {
                failed = true;
                return 0;
            }
        }

        private List<Seen> seen() {
            List<Seen> seen = new ArrayList<>();
            for (int i = 0; i < MAX_SEEN; i++) {
                String address = text("addr." + i);
                String last = text("last." + i);
                if (!address.isEmpty() && !last.isEmpty()) {
                    seen.add(new Seen(address, last));
                }
            }
            return seen;
        }
    }
}
