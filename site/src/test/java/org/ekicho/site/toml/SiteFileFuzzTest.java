package org.ekicho.site.toml;

import org.ekicho.site.Golden;
import org.junit.jupiter.api.Test;

class SiteFileFuzzTest {
    @Test
    void no_text_near_a_real_site_file_breaks_an_invariant() {
        Golden.mutate(Golden.files("sitefile", ".toml"), 2_000, SiteFileFuzz::fuzzerTestOneInput);
    }
}
