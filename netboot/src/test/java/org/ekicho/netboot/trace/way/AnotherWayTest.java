package org.ekicho.netboot.trace.way;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.ekicho.netboot.policy.BootWay;
import org.ekicho.netboot.policy.OfferForm;
import org.ekicho.netboot.trace.BootVerdict;
import org.ekicho.netboot.trace.Outcome;
import org.ekicho.wire.MacAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The next attempt changes one thing; what worked is kept.
final class AnotherWayTest {
    private static final AnotherWay.Choices ALL = new AnotherWay.Choices(3, true);
    private static final BootWay FIRST = BootWay.first(OfferForm.ASK_4011);
    private static final MacAddress MAC = MacAddress.literal("52:54:00:12:34:56");
    private static final MacAddress TWIN = MacAddress.literal("52:54:00:65:43:21");
    private static final MacAddress STRANGER = MacAddress.literal("00:25:90:65:43:21");
    private static final String FIRMWARE = "PXEClient:Arch:00007:UNDI:003000";

    /// The ways that are tried one after another while nothing helps.
    private static List<BootWay> chain(BootWay from, BootVerdict verdict, AnotherWay.Choices choices) {
        List<BootWay> ways = new ArrayList<>(List.of(from));
        Set<BootWay> tried = new HashSet<>();
        Optional<BootWay> next = AnotherWay.next(from, verdict, tried, choices);
        while (next.isPresent()) {
            tried.add(ways.getLast());
            ways.add(next.get());
            next = AnotherWay.next(next.get(), verdict, tried, choices);
            assertThat(ways).as("an end").hasSizeLessThan(WayBook.MAX_TRIED);
        }
        return ways;
    }

    @ParameterizedTest
    @EnumSource(BootVerdict.class)
    void exactly_one_thing_is_changed_and_nothing_is_tried_twice(BootVerdict verdict) {
        List<BootWay> ways = chain(FIRST, verdict, ALL);
        for (int i = 1; i < ways.size(); i++) {
            assertThat(ways.get(i).differences(ways.get(i - 1))).isEqualTo(1);
            assertThat(ways.get(i).change(ways.get(i - 1))).isNotEmpty();
        }
        assertThat(ways).doesNotHaveDuplicates();
    }

    @Test
    void lost_blocks_become_smaller_step_by_step_and_then_go_by_HTTP() {
        List<BootWay> ways = chain(FIRST, BootVerdict.FULL_BLOCKS_LOST, ALL);
        assertThat(ways.subList(0, 5)).extracting(BootWay::largest).containsExactly(1468, 1408, 1024, 512, 512);
        assertThat(ways.get(4).viaHttp()).isTrue();
    }

    @Test
    void lost_answers_come_from_one_port_then_without_options_then_by_HTTP() {
        List<BootWay> ways = chain(FIRST, BootVerdict.TFTP_ANSWERS_LOST, ALL);
        assertThat(ways.get(1)).isEqualTo(FIRST.fromOnePort());
        assertThat(ways.get(2)).isEqualTo(FIRST.fromOnePort().withLargest(512));
        assertThat(ways.get(3)).isEqualTo(FIRST.fromOnePort().withLargest(512).byHttp());
    }

    @Test
    void a_refused_program_makes_place_for_the_next_loader() {
        List<BootWay> ways = chain(FIRST, BootVerdict.PROGRAM_REFUSED, ALL);
        assertThat(ways.subList(0, 3)).extracting(BootWay::loader).containsExactly(0, 1, 2);
    }

    @Test
    void a_lossy_line_gets_one_block_at_a_time() {
        assertThat(AnotherWay.next(FIRST, BootVerdict.LOSSY, Set.of(), ALL)).contains(FIRST.withWindow(1));
    }

    @Test
    void an_ignored_offer_gets_the_other_form() {
        assertThat(AnotherWay.next(FIRST, BootVerdict.PORT_4011_CLOSED, Set.of(), ALL))
                .contains(FIRST.withForm(OfferForm.IN_OFFER));
    }

    @Test
    void firmware_without_HTTP_is_not_sent_there() {
        AnotherWay.Choices bios = new AnotherWay.Choices(1, false);
        for (BootVerdict verdict : BootVerdict.values()) {
            assertThat(chain(FIRST, verdict, bios)).noneMatch(BootWay::viaHttp);
        }
    }

    @Test
    void what_lies_outside_of_our_answers_changes_nothing() {
        for (BootVerdict verdict : List.of(
                BootVerdict.BOOTED,
                BootVerdict.OTHER_DHCP_WON,
                BootVerdict.NO_ANSWER,
                BootVerdict.ANSWER_MISSING,
                BootVerdict.INSTALLER_NEVER_CAME,
                BootVerdict.GOING_ON)) {
            assertThat(AnotherWay.next(FIRST, verdict, Set.of(), ALL)).isEmpty();
        }
    }

    @Test
    void what_worked_is_the_way_of_the_machine_and_of_its_model() {
        WayBook book = WayBook.automatic();
        assertThat(judge(book, 1, FIRST, BootVerdict.FULL_BLOCKS_LOST, Outcome.FAILED))
                .contains(FIRST.withLargest(1408));
        assertThat(way(book, MAC)).isEqualTo(FIRST.withLargest(1408));
        assertThat(way(book, TWIN)).as("nothing has worked yet").isEqualTo(FIRST);
        judge(book, 2, FIRST.withLargest(1408), BootVerdict.BOOTED, Outcome.BOOTED);
        assertThat(way(book, MAC)).isEqualTo(FIRST.withLargest(1408));
        assertThat(way(book, TWIN)).isEqualTo(FIRST.withLargest(1408));
        assertThat(way(book, STRANGER)).isEqualTo(FIRST);
    }

    @Test
    void a_failure_counts_once_and_what_is_under_way_not_at_all() {
        WayBook book = WayBook.automatic();
        assertThat(judge(book, 1, FIRST, BootVerdict.LOSSY, Outcome.GOING_ON)).isEmpty();
        assertThat(judge(book, 1, FIRST, BootVerdict.LOSSY, Outcome.FAILED)).contains(FIRST.withWindow(1));
        assertThat(judge(book, 1, FIRST, BootVerdict.LOSSY, Outcome.FAILED)).isEmpty();
        assertThat(way(book, MAC)).isEqualTo(FIRST.withWindow(1));
    }

    @Test
    void a_machine_that_was_given_up_and_came_after_all_keeps_its_way() {
        WayBook book = WayBook.automatic();
        judge(book, 1, FIRST, BootVerdict.LOADER_NEVER_CAME, Outcome.FAILED);
        judge(book, 1, FIRST, BootVerdict.BOOTED, Outcome.BOOTED);
        assertThat(way(book, MAC)).isEqualTo(FIRST);
    }

    @Test
    void a_rescue_by_HTTP_Boot_still_changes_what_failed() {
        WayBook book = WayBook.automatic();
        assertThat(judge(book, 1, FIRST, BootVerdict.TFTP_ANSWERS_LOST, Outcome.BOOTED))
                .contains(FIRST.fromOnePort());
    }

    @Test
    void switched_off_nothing_is_changed_or_remembered() {
        WayBook book = WayBook.off();
        assertThat(judge(book, 1, FIRST, BootVerdict.FULL_BLOCKS_LOST, Outcome.FAILED))
                .isEmpty();
        assertThat(way(book, MAC)).isEqualTo(FIRST);
        assertThat(WayBookCodec.format(book)).isEmpty();
    }

    @Test
    void after_the_last_way_the_one_that_worked_before_comes_back() {
        WayBook book = WayBook.automatic();
        judge(book, 0, FIRST, BootVerdict.BOOTED, Outcome.BOOTED);
        BootWay way = FIRST;
        for (int i = 1; i < 40; i++)
            way = judge(book, i, way, BootVerdict.LOSSY, Outcome.FAILED).orElse(way);
        assertThat(way(book, MAC)).isEqualTo(FIRST);
    }

    @Test
    void memory_has_an_end() {
        WayBook book = WayBook.automatic();
        for (int i = 0; i < WayBook.MAX_MACHINES + 500; i++) {
            MacAddress mac = new MacAddress((long) i << 24);
            book.judge(mac, BootModel.of("PXEClient" + i, mac), 1, FIRST, BootVerdict.BOOTED, Outcome.BOOTED, ALL);
        }
        assertThat(book.machines()).hasSize(WayBook.MAX_MACHINES);
        assertThat(book.models()).hasSize(WayBook.MAX_MODELS);
    }

    @Test
    void the_lines_are_read_back() {
        WayBook book = WayBook.automatic();
        judge(book, 0, FIRST.withForm(OfferForm.IN_OFFER), BootVerdict.BOOTED, Outcome.BOOTED);
        judge(book, 1, FIRST, BootVerdict.TFTP_ANSWERS_LOST, Outcome.FAILED);
        book.model(new BootModel("odd class % \u0007", "00:25:90"), FIRST.byHttp());
        book.model(new BootModel("", "00:25:91"), FIRST);
        String text = WayBookCodec.format(book);
        assertThat(text).isEqualTo("""
                model 52:54:00 PXEClient:Arch:00007:UNDI:003000 in-offer 1468 4 high-ports 0 tftp
                model 00:25:90 odd%0020class%0020%0025%0020? ask-4011 1468 4 high-ports 0 http
                model 00:25:91 % ask-4011 1468 4 high-ports 0 tftp
                worked 52:54:00:12:34:56 in-offer 1468 4 high-ports 0 tftp
                tried 52:54:00:12:34:56 ask-4011 1468 4 high-ports 0 tftp
                next 52:54:00:12:34:56 ask-4011 1468 4 one-port 0 tftp
                """);
        WayBookCodec.Parsed parsed = WayBookCodec.parse(text);
        assertThat(parsed.problems()).isEmpty();
        assertThat(WayBookCodec.format(parsed.book())).isEqualTo(text);
        assertThat(way(parsed.book(), MAC)).isEqualTo(FIRST.fromOnePort());
    }

    @Test
    void a_line_that_cannot_be_read_is_left_out_and_told() {
        WayBookCodec.Parsed parsed = WayBookCodec.parse("""
                worked 52:54:00:12:34:56 in-offer 1408 4 high-ports 0 tftp
                worked 52:54:00:12:34:57 in-offer 99999 4 high-ports 0 tftp
                dreamt 52:54:00:12:34:56 in-offer 1408 4 high-ports 0 tftp
                worked""");
        assertThat(parsed.problems()).hasSize(3).allMatch(problem -> problem.matches("line [234]: .*"));
        assertThat(way(parsed.book(), MAC).largest()).isEqualTo(1408);
    }

    @Test
    void random_lines_never_throw() {
        String[] words = WayBookCodec.format(filled()).split("(?<=[ \n])", -1);
        Random random = new Random(9);
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(60); j > 0; j--) text.append(words[random.nextInt(words.length)]);
            WayBookFuzz.fuzzerTestOneInput(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static WayBook filled() {
        WayBook book = WayBook.automatic();
        judge(book, 0, FIRST, BootVerdict.BOOTED, Outcome.BOOTED);
        judge(book, 1, FIRST, BootVerdict.LOSSY, Outcome.FAILED);
        return book;
    }

    @Test
    void a_way_that_cannot_be_is_not_built() {
        assertThatThrownBy(() -> FIRST.withLargest(511)).hasMessageContaining("512..65464");
        assertThatThrownBy(() -> FIRST.withWindow(0)).hasMessageContaining("1..64");
        assertThatThrownBy(() -> FIRST.withLoader(16)).hasMessageContaining("0..15");
    }

    private static Optional<BootWay> judge(WayBook book, long at, BootWay way, BootVerdict verdict, Outcome outcome) {
        return book.judge(MAC, BootModel.of(FIRMWARE, MAC), at, way, verdict, outcome, ALL);
    }

    private static BootWay way(WayBook book, MacAddress mac) {
        return book.way(mac, BootModel.of(FIRMWARE, mac), OfferForm.ASK_4011);
    }
}
