package org.ekicho.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ListingTest {
    private static final List<ListingEntry> ENTRIES = List.of(
            new ListingEntry("zsh.rpm", ListingEntry.Kind.FILE, 2_500_000, 1_700_000_000),
            new ListingEntry("repodata", ListingEntry.Kind.FOLDER, 0, 1_700_000_000),
            new ListingEntry("bash.rpm", ListingEntry.Kind.FILE, 812, 1_800_000_000));

    @Test
    void folders_come_first_and_files_as_asked() {
        String byName = Listing.format("/latest/base/", ENTRIES, Listing.By.NAME, Listing.Direction.UP);
        assertThat(byName.indexOf("repodata/")).isLessThan(byName.indexOf("bash.rpm"));
        assertThat(byName.indexOf("bash.rpm")).isLessThan(byName.indexOf("zsh.rpm"));
        String bySize = Listing.format("/latest/base/", ENTRIES, Listing.By.SIZE, Listing.Direction.DOWN);
        assertThat(bySize.indexOf("repodata/")).isLessThan(bySize.indexOf("zsh.rpm"));
        assertThat(bySize.indexOf("zsh.rpm")).isLessThan(bySize.indexOf("bash.rpm"));
        assertThat(byName).contains("2.5 MB", "812 B", "2027-01-15", "1 folder, 2 files, 2.5 MB");
    }

    @Test
    void a_name_is_neither_markup_nor_another_address() {
        String html = Listing.format(
                "/a<b>/",
                List.of(new ListingEntry("x\"><script>&'%2e? #\u202egpj.rpm", ListingEntry.Kind.FILE, 1, 0)),
                Listing.By.NAME,
                Listing.Direction.UP);
        assertThat(html)
                .doesNotContain("<script>", "<b>", "\u202e")
                .contains("href=\"./x%22%3E%3Cscript%3E%26%27%252e%3F%20%23%E2%80%AEgpj.rpm\"")
                .contains("x&quot;&gt;&lt;script&gt;&amp;&#39;%2e? #\ufffdgpj.rpm")
                .contains("<a href=\"/a%3Cb%3E/\">a&lt;b&gt;</a>");
    }

    @Test
    void sizes_have_three_digits_at_most() {
        assertThat(Listing.size(999)).isEqualTo("999 B");
        assertThat(Listing.size(1000)).isEqualTo("1.0 kB");
        assertThat(Listing.size(9_949)).isEqualTo("9.9 kB");
        assertThat(Listing.size(9_960)).isEqualTo("10 kB");
        assertThat(Listing.size(999_499)).isEqualTo("999 kB");
        assertThat(Listing.size(999_500)).isEqualTo("1.0 MB");
        assertThat(Listing.size(Long.MAX_VALUE)).isEqualTo("9.2 EB");
    }
}
