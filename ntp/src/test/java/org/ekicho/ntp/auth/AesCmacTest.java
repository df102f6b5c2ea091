package org.ekicho.ntp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AesCmacTest {
    private static final HexFormat HEX = HexFormat.of();
    /// The message of RFC 4493 §4 and NIST SP 800-38B appendix D, of which the examples take a beginning.
    private static final byte[] MESSAGE =
            HEX.parseHex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
                    + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");

    @ParameterizedTest
    @CsvSource({
        "0, bb1d6929e95937287fa37d129b756746",
        "16, 070a16b46b4d4144f79bdd9dd04a287c",
        "40, dfa66747de9ae63030ca32611497c827",
        "64, 51f0bebf7e3b9d92fc49741779363cfe",
    })
    void agrees_with_the_examples_of_rfc_4493(int length, String tag) {
        assertThat(cmac("2b7e151628aed2a6abf7158809cf4f3c", length)).isEqualTo(tag);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 028962f61b7bf89efc6b551f4667d983",
        "16, 28a7023f452e8f82bd4bf28d8c37c35c",
        "40, aaf3d8f1de5640c232f5b169b9c911e6",
        "64, e1992190549f6ed5696a2c056c315410",
    })
    void agrees_with_the_aes_256_examples_of_nist_sp_800_38b(int length, String tag) {
        assertThat(cmac("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4", length))
                .isEqualTo(tag);
    }

    private static String cmac(String key, int length) {
        byte[] out = new byte[PacketMac.MAX_FULL_DIGEST];
        AesCmac cmac = new AesCmac(HEX.parseHex(key));
        cmac.compute(MESSAGE, length, out);
        cmac.compute(MESSAGE, length, out);
        return HEX.formatHex(Arrays.copyOf(out, 16));
    }
}
