package org.ekicho.daemon.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SupervisorTest {
    /// Fails twice, then works until it is stopped.
    private static final class Shaky implements Supervisor.Job {
        final AtomicInteger runs = new AtomicInteger();
        final CountDownLatch working = new CountDownLatch(1);
        final CountDownLatch stopped = new CountDownLatch(1);

        @Override
        public void run() throws InterruptedException {
            if (runs.incrementAndGet() <= 2) {
                throw new IllegalStateException("fails for the " + runs.get() + ". time");
            }
            working.countDown();
            stopped.await();
        }

        @Override
        public void stop() {
            stopped.countDown();
        }
    }

    @Test
    void starts_a_failed_job_again_and_says_why_it_failed() throws InterruptedException {
        Shaky shaky = new Shaky();
        try (Supervisor supervisor = new Supervisor(1)) {
            supervisor.start("shaky", shaky);
            assertThat(shaky.working.await(20, TimeUnit.SECONDS)).isTrue();
            Supervisor.JobState state = supervisor.states().getFirst();
            assertThat(state.running()).isTrue();
            assertThat(state.restarts()).isEqualTo(2);
            assertThat(state.lastFailure())
                    .hasValueSatisfying(why -> assertThat(why).contains("fails for the 2. time"));
        }
    }

    @Test
    void a_stopped_job_stays_stopped() throws InterruptedException {
        Shaky shaky = new Shaky();
        try (Supervisor supervisor = new Supervisor(1)) {
            supervisor.start("shaky", shaky);
            shaky.working.await(20, TimeUnit.SECONDS);
            supervisor.stop(shaky);
            assertThat(supervisor.states()).isEmpty();
        }
        assertThat(shaky.runs).hasValue(3);
    }
}
