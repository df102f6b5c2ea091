package org.ekicho.mirror.rpm;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.ekicho.mirror.rpm.RpmDigests.Expected;

/// Checks a package's own digests while its bytes go by, from the first of the file to the last.
public final class RpmDigestCheck {
    private final RpmDigests digests;
    private final List<MessageDigest> running = new ArrayList<>();
    private long position;

    RpmDigestCheck(RpmDigests digests) {
        this.digests = digests;
        for (Expected expected : digests.expected()) {
            running.add(digest(expected.algorithm()));
        }
    }

    /// Takes the next bytes of the file, all that remain in the buffer.
    public void feed(ByteBuffer bytes) {
        int length = bytes.remaining();
        for (int i = 0; i < running.size(); i++) {
            Expected expected = digests.expected().get(i);
            long from = Math.max(expected.start(), position) - position;
            long to = Math.min(expected.end(), position + length) - position;
            if (from < to) running.get(i).update(bytes.slice(bytes.position() + (int) from, (int) (to - from)));
        }
        position += length;
        bytes.position(bytes.limit());
    }

    /// What is wrong with the file, one sentence each; none when every digest is right. To be asked once, at its end.
    public List<String> end() {
        List<String> wrong = new ArrayList<>(digests.problems());
        for (int i = 0; i < running.size(); i++) {
            Expected expected = digests.expected().get(i);
            String found = HexFormat.of().formatHex(running.get(i).digest());
            if (!found.equals(expected.hex())) {
                wrong.add(expected.part().words() + " (bytes " + expected.start() + " to " + expected.end() + ") has "
                        + expected.algorithm() + " " + found + "; the package says " + expected.hex());
            }
        }
        return List.copyOf(wrong);
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
