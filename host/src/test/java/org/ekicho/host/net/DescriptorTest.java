package org.ekicho.host.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.api.Test;

class DescriptorTest {
    private final Descriptor descriptor;

    DescriptorTest() throws IOException {
        descriptor = SocketControl.open(UdpOptions.on(IpAddress.LOOPBACK_V4, 0)).descriptor();
    }

    private boolean isOpen() {
        return Files.exists(Path.of("/proc/self/fd/" + descriptor.number()), LinkOption.NOFOLLOW_LINKS);
    }

    @Test
    void is_closed_at_once_when_nobody_is_inside() {
        assertThat(isOpen()).isTrue();
        descriptor.close();
        assertThat(isOpen()).isFalse();
        assertThat(descriptor.enter()).isFalse();
    }

    @Test
    void stays_open_until_the_last_has_left() {
        assertThat(descriptor.enter()).isTrue();
        assertThat(descriptor.enter()).isTrue();
        descriptor.close();
        descriptor.close();
        assertThat(descriptor.isClosed()).isTrue();
        assertThat(descriptor.enter()).isFalse();
        assertThat(isOpen()).isTrue();
        descriptor.leave();
        assertThat(isOpen()).isTrue();
        descriptor.leave();
        assertThat(isOpen()).isFalse();
        assertThat(descriptor.enter()).isFalse();
    }
}
