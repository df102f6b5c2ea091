package org.ekicho.mirror.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.ekicho.mirror.rpm.HeaderRead;
import org.ekicho.mirror.rpm.RpmHeaders;
import org.ekicho.mirror.signature.SignatureResult.Good;
import org.ekicho.mirror.signature.SignatureResult.Malformed;
import org.ekicho.mirror.signature.SignatureResult.UnknownKey;
import org.ekicho.mirror.signature.SignatureResult.Unsigned;
import org.junit.jupiter.api.Test;

/// Packages that rpmbuild built and rpmsign signed.
final class PackageVerifierTest {
    private static final PackageVerifier VERIFIER = new PackageVerifier(
            new SignatureVerifier(Golden.keys("keys.asc"), TrustPolicy.CURRENT, Instant.parse("2030-01-01T00:00:00Z")));

    @Test
    void believes_what_rpmsign_signed() throws IOException {
        assertThat(verify(Golden.read("signed.rpm")))
                .isInstanceOfSatisfying(
                        Good.class, good -> assertThat(good.userId()).isEqualTo("Ekicho Test RSA <rsa@example.org>"));
    }

    @Test
    void tells_an_unsigned_package_and_a_strangers() throws IOException {
        assertThat(verify(Golden.read("unsigned.rpm"))).isInstanceOf(Unsigned.class);
        assertThat(verify(Golden.read("stranger.rpm"))).isEqualTo(new UnknownKey("F730780423E48497"));
    }

    @Test
    void finds_one_other_byte_of_the_payload() throws IOException {
        byte[] altered = Golden.read("signed.rpm");
        altered[altered.length - 3] ^= 1;
        assertThat(verify(altered).isGood()).isFalse();
    }

    @Test
    void finds_one_other_byte_anywhere_behind_the_signature_header() throws IOException {
        byte[] signed = Golden.read("signed.rpm");
        HeaderRead.Read headers = (HeaderRead.Read) RpmHeaders.read(ByteBuffer.wrap(signed), signed.length);
        for (int at = (int) headers.range().start(); at < signed.length; at += 23) {
            byte[] altered = signed.clone();
            altered[at] ^= 0x10;
            assertThat(verify(altered).isGood()).as("byte " + at).isFalse();
        }
    }

    @Test
    void refuses_a_package_that_ends_early() throws IOException {
        byte[] signed = Golden.read("signed.rpm");
        for (int length : new int[] {0, 50, 120, 2000, signed.length - 1}) {
            SignatureResult result = verify(Arrays.copyOf(signed, length));
            assertThat(result.isGood()).as(length + " bytes").isFalse();
        }
        assertThat(verify(new byte[0])).isInstanceOf(Malformed.class);
    }

    private static SignatureResult verify(byte[] rpm) throws IOException {
        return VERIFIER.verify(() -> new ByteArrayInputStream(rpm), rpm.length);
    }
}
