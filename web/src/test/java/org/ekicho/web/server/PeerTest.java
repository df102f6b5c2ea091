package org.ekicho.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class PeerTest {
    private static final long SECOND = 1_000_000_000L;
    private final Peer peer = new Peer(new EmbeddedChannel(), "10.0.0.1", WebPatience.USUAL, 0);

    @Test
    void a_head_that_comes_drop_by_drop_has_a_minute() {
        assertThat(peer.isOverdue(59 * SECOND)).isFalse();
        assertThat(peer.isOverdue(61 * SECOND)).isTrue();
        assertThat(peer.isMerelyIdle()).isFalse();
    }

    @Test
    void an_answer_has_time_for_its_bytes_at_the_least_rate() {
        peer.begin(0);
        peer.allow(100 * WebLimits.MIN_RATE);
        assertThat(peer.isOverdue(159 * SECOND)).isFalse();
        assertThat(peer.isOverdue(161 * SECOND)).isTrue();
        assertThat(peer.isMerelyIdle()).as("it takes the answer too slowly").isFalse();
        peer.end(10 * SECOND);
        assertThat(peer.isOverdue(69 * SECOND)).isFalse();
        assertThat(peer.isOverdue(71 * SECOND)).isTrue();
        assertThat(peer.isMerelyIdle()).isTrue();
    }
}
