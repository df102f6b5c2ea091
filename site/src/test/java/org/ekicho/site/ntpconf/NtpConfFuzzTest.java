package org.ekicho.site.ntpconf;

import org.ekicho.site.Golden;
import org.junit.jupiter.api.Test;

class NtpConfFuzzTest {
    @Test
    void no_text_near_a_real_ntp_conf_breaks_an_invariant() {
        Golden.mutate(Golden.files("ntpconf", ".conf"), 1_500, NtpConfFuzz::fuzzerTestOneInput);
    }
}
