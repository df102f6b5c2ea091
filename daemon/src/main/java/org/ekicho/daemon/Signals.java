package org.ekicho.daemon;

/// Signals of the operating system. The JDK has no other door to them than this class, which its module
/// `jdk.unsupported` exports on purpose.
final class Signals {
    private Signals() {}

    /// Runs `work` on a thread of its own at each SIGHUP.
    @SuppressWarnings("sunapi")
    static void onHangup(Runnable work) {
        sun.misc.Signal.handle(
                new sun.misc.Signal("HUP"),
                signal -> Thread.ofVirtual().name("reload").start(work));
    }
}
