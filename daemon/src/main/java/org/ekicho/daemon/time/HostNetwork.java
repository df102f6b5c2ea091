package org.ekicho.daemon.time;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.ekicho.host.net.InterfaceWatch;
import org.ekicho.host.net.Interfaces;
import org.ekicho.host.net.NetInterface;
import org.ekicho.host.net.NetInterface.Trait;
import org.ekicho.ntp.boundary.LocalInterface;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The interfaces of this host.
public final class HostNetwork implements Outside.Network {
    private static final Logger LOG = LoggerFactory.getLogger(HostNetwork.class);
    /// How long one wait for a change lasts; where the kernel does not tell, how often the list is looked at.
    private static final Duration WAIT = Duration.ofSeconds(5);

    @Override
    public List<LocalInterface> interfaces() throws IOException {
        return Interfaces.list().stream().map(HostNetwork::local).toList();
    }

    private static LocalInterface local(NetInterface on) {
        return new LocalInterface(
                on.index(),
                on.name(),
                on.isReady(),
                on.is(Trait.MULTICAST),
                on.is(Trait.LOOPBACK),
                on.addresses().stream()
                        .map(own -> new LocalInterface.Address(own.address(), own.subnet(), own.broadcast()))
                        .toList());
    }

    @Override
    public AutoCloseable watch(Runnable changed) throws IOException {
        InterfaceWatch watch = InterfaceWatch.open();
        Thread watching = Thread.ofPlatform().name("interfaces").daemon(true).start(() -> follow(watch, changed));
        return () -> {
            watching.interrupt();
            watch.close();
        };
    }

    private static void follow(InterfaceWatch watch, Runnable changed) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (watch.await(WAIT)) {
                    changed.run();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            if (!Thread.currentThread().isInterrupted()) {
                LOG.warn("changes of interfaces are not seen any more: {}", e.getMessage());
            }
        }
    }
}
