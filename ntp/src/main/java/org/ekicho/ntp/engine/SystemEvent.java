package org.ekicho.ntp.engine;

/// Events of the whole service, with their code in the system status word (RFC 9327 §4.1).
enum SystemEvent {
    CLOCK_SYNC(5),
    RESTART(6),
    PANIC_STOP(7),
    NO_SYSTEM_PEER(8),
    CLOCK_STEP(12);

    private final int code;

    SystemEvent(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
