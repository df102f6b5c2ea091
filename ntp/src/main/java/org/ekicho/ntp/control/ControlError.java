package org.ekicho.ntp.control;

/// Why a control query is answered with an error: the code in the upper half of the status word (RFC 9327 §3.1).
/// ntpq prints a sentence for each.
public enum ControlError {
    PERMISSION(1),
    BAD_FORMAT(2),
    BAD_OPCODE(3),
    BAD_ASSOCIATION(4),
    UNKNOWN_VARIABLE(5),
    BAD_VALUE(6),
    RESTRICTED(7);

    private final int code;

    ControlError(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
