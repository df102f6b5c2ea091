package org.ekicho.mirror.xml;

import java.io.IOException;
import java.io.Serial;

/// One tag, text or comment is longer than allowed. Leaves the package as a refusal only.
final class TokenTooLongException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    TokenTooLongException(int bytes) {
        super("a tag or text of more than " + bytes + " bytes");
    }
}
