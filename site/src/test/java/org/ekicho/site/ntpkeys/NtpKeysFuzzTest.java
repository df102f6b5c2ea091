package org.ekicho.site.ntpkeys;

import org.ekicho.site.Golden;
import org.junit.jupiter.api.Test;

class NtpKeysFuzzTest {
    @Test
    void no_text_near_a_real_key_file_breaks_an_invariant() {
        Golden.mutate(Golden.files("ntpkeys", ".keys"), 4_000, NtpKeysFuzz::fuzzerTestOneInput);
    }
}
