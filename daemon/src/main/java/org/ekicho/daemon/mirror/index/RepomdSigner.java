package org.ekicho.daemon.mirror.index;

import java.io.IOException;

/// Signs repomd.xml.
public interface RepomdSigner {
    /// A detached signature in ASCII armour.
    byte[] sign(byte[] content) throws IOException;

    /// The key that verifies it, in ASCII armour.
    byte[] publicKey() throws IOException;

    /// Which key it signs with: its fingerprint in hexadecimal digits.
    String key();
}
