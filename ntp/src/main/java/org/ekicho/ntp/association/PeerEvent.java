package org.ekicho.ntp.association;

/// Events of an association, with their code in the peer status word (RFC 9327 §4.2).
public enum PeerEvent {
    MOBILIZE(1),
    DEMOBILIZE(2),
    UNREACHABLE(3),
    REACHABLE(4),
    RESTART(5),
    NO_REPLY(6),
    RATE_EXCEEDED(7),
    ACCESS_DENIED(8),
    LEAP_ARMED(9),
    SYS_PEER(10),
    BAD_AUTH(12);

    private final int code;

    PeerEvent(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
