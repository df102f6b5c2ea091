package org.ekicho.ntp.control;

import java.util.Arrays;
import java.util.Optional;

/// What a control query asks for (RFC 9327 §2, and the classic additions 8 to 12).
public enum ControlOpcode {
    /// The status word alone.
    UNSPECIFIED(0, Access.READ),
    /// The status word, and for association 0 the list of all associations with theirs.
    READ_STATUS(1, Access.READ),
    /// Variables of the system (association 0) or of one association.
    READ_VARIABLES(2, Access.READ),
    WRITE_VARIABLES(3, Access.REFUSED),
    /// Variables of a reference clock.
    READ_CLOCK(4, Access.READ),
    WRITE_CLOCK(5, Access.REFUSED),
    SET_TRAP(6, Access.REFUSED),
    /// What a trap sends; nobody may ask for it.
    ASYNC_MESSAGE(7, Access.REFUSED),
    CONFIGURE(8, Access.REFUSED),
    SAVE_CONFIG(9, Access.REFUSED),
    /// The list of clients, newest use last; only with a nonce.
    READ_MRU(10, Access.READ),
    /// Interface statistics and access list. Classic asks for an authenticated query here; so it is refused.
    READ_ORDERED_LIST(11, Access.REFUSED),
    /// A nonce, which proves that the asking address is real.
    REQUEST_NONCE(12, Access.READ),
    UNSET_TRAP(31, Access.REFUSED);

    private enum Access {
        READ,
        REFUSED
    }

    private final int code;
    private final Access access;

    ControlOpcode(int code, Access access) {
        this.code = code;
        this.access = access;
    }

    /// The operation of the five low bits of `code`; empty when nobody defined it.
    public static Optional<ControlOpcode> ofCode(int code) {
        return Arrays.stream(values())
                .filter(opcode -> opcode.code == (code & 0x1f))
                .findFirst();
    }

    public int code() {
        return code;
    }

    /// True for operations that change something or need a key: never carried out.
    public boolean isRefused() {
        return access == Access.REFUSED;
    }
}
