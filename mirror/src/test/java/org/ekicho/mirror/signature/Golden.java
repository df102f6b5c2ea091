package org.ekicho.mirror.signature;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// Keys and signatures that gpg made in January 2024.
final class Golden {
    private Golden() {}

    static byte[] read(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/signature/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Keyring keys(String name) {
        try {
            return Keyring.decode(read(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
