package org.ekicho.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalsTest {
    @Test
    void a_hangup_runs_the_work_and_ends_nothing() throws IOException, InterruptedException {
        CountDownLatch heard = new CountDownLatch(1);
        Signals.onHangup(heard::countDown);
        new ProcessBuilder("kill", "-HUP", Long.toString(ProcessHandle.current().pid()))
                .start()
                .waitFor();
        assertThat(heard.await(20, TimeUnit.SECONDS)).isTrue();
    }
}
