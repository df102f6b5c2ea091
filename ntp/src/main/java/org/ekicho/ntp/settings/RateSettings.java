package org.ekicho.ntp.settings;

import java.time.Duration;

/// `discard`: what the restrict flags `limited` and `kod` hold clients to.
///
/// @param averageLog2 log2 of the least average interval in seconds, 0..16. Classic: 3, one request in 8 s
/// @param minimum     least interval between two packets. Classic: 2 s
public record RateSettings(int averageLog2, Duration minimum) {
    public static final RateSettings CLASSIC = new RateSettings(3, Duration.ofSeconds(2));
}
