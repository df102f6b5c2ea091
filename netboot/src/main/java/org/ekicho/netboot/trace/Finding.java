package org.ekicho.netboot.trace;

import java.util.Map;

/// A verdict with the facts that fill in its sentence.
///
/// @param atNanos when that which it speaks of began
record Finding(BootVerdict verdict, Map<String, String> facts, long atNanos) {
    Finding {
        facts = Map.copyOf(facts);
    }
}
