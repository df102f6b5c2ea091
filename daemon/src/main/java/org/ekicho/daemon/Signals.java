package org.ekicho.daemon;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signals of the operating system. The JDK's only door to them is `sun.misc.Signal`, which its module
/// `jdk.unsupported` exports on purpose; it is reached by method handles, as naming it in source is a warning that no
/// annotation can allow, and warnings are errors here.
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private Signals() {}

    /// Runs `work` on a thread of its own at each SIGHUP. A JDK without signals reloads by command only.
    static void onHangup(Runnable work) {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        try {
            Class<?> signal = lookup.findClass("sun.misc.Signal");
            Class<?> handler = lookup.findClass("sun.misc.SignalHandler");
            Object hangup = lookup.findConstructor(signal, methodType(void.class, String.class))
                    .invoke("HUP");
            Runnable start = () -> Thread.ofVirtual().name("reload").start(work);
            MethodHandle run = lookup.findVirtual(Runnable.class, "run", methodType(void.class))
                    .bindTo(start);
            Object handling =
                    MethodHandleProxies.asInterfaceInstance(handler, MethodHandles.dropArguments(run, 0, signal));
            lookup.findStatic(signal, "handle", methodType(handler, signal, handler))
                    .invoke(hangup, handling);
        } catch (Throwable e) {
            LOG.warn("SIGHUP is not heard here, use \"ekicho reload\": {}", e.toString());
        }
    }
}
