package org.ekicho.site.adopt;

import org.ekicho.site.Golden;
import org.junit.jupiter.api.Test;

class AdoptionFuzzTest {
    @Test
    void no_text_near_a_real_repo_file_breaks_an_invariant() {
        Golden.mutate(Golden.files("repofile", ".repo"), 3_000, AdoptionFuzz::fuzzerTestOneInput);
    }
}
