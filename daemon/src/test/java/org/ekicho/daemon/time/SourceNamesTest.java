package org.ekicho.daemon.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ekicho.ntp.settings.SourceSettings;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.api.Test;

class SourceNamesTest {
    private static final IpAddress ADDRESS = IpAddress.literal("192.168.55.1");

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    private SourceNames following(String host, Outside.Names names) {
        return new SourceNames(
                List.of(SourceSettings.server("192.168.55.9"), SourceSettings.server(host)),
                names,
                (index, addresses) -> told.add(index + " is " + addresses));
    }

    @Test
    void a_numeric_address_needs_no_resolving() {
        try (SourceNames names = following("192.168.55.1", host -> {
            throw new AssertionError("asked for " + host);
        })) {
            assertThat(told).containsExactly("0 is [192.168.55.9]", "1 is [192.168.55.1]");
            assertThat(names).isNotNull();
        }
    }

    @Test
    void a_name_without_an_address_is_asked_for_again() throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        try (SourceNames names =
                following("ntp.lan", host -> asked.incrementAndGet() == 1 ? List.of() : List.of(ADDRESS))) {
            assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("0 is [192.168.55.9]");
            assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("1 is [192.168.55.1]");
            assertThat(names).isNotNull();
        }
    }
}
