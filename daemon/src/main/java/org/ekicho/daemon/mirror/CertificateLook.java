package org.ekicho.daemon.mirror;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ekicho.daemon.supervision.Supervisor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks again and again whether the certificate was renewed. While the files are broken the old one stays in use,
/// and what is wrong is said once until it changes.
final class CertificateLook implements Supervisor.Job {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateLook.class);

    private final Reload server;
    private final Duration every;
    private final CountDownLatch stopping = new CountDownLatch(1);

    /// Reads the files again.
    interface Reload {
        /// Whether they changed and are in use now.
        ///
        /// @throws IOException when they cannot be used: the old ones stay
        boolean reload() throws IOException;
    }

    /// @param every how often
    CertificateLook(Reload server, Duration every) {
        this.server = server;
        this.every = every;
    }

    @Override
    public void run() throws InterruptedException {
        String said = "";
        while (!stopping.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
            try {
                if (server.reload()) {
                    sayRenewed();
                }
                said = "";
            } catch (IOException e) {
                String why = String.valueOf(e.getMessage());
                if (!why.equals(said)) {
                    LOG.warn("the old certificate stays in use: {}", why);
                    said = why;
                }
            }
        }
    }

    static void sayRenewed() {
        LOG.info("new connections get the renewed certificate");
    }

    @Override
    public void stop() {
        stopping.countDown();
    }
}
