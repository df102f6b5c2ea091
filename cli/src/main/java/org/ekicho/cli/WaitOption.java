package org.ekicho.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/// `--wait`: what a command does when another run holds the lock that it needs.
final class WaitOption {
    /// Longer than any sync.
    private static final Duration LONG = Duration.ofDays(2);

    @Option(names = "--wait", description = "When another run works on it, wait for its end instead of failing.")
    private boolean wait;

    Duration patience() {
        return wait ? LONG : Duration.ZERO;
    }
}
