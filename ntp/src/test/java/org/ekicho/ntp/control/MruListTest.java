package org.ekicho.ntp.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ekicho.ntp.control.SampleViews.NOW;
import static org.ekicho.ntp.control.SampleViews.SECOND;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.access.ClientEntry;
import org.ekicho.ntp.control.VariableNames.Item;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.Moment;
import org.junit.jupiter.api.Test;

/// The client list as ntpq collects it, page by page.
class MruListTest {
    private final ControlServer server = new ControlServer(
            TimeSettings.minimal(), new ControlIdentity("ekicho 0.1.0", "x86_64", "Linux/6.12.0"), new byte[16]);
    /// A second goes by with each query, so that each sees what the table is by then.
    private long monotonicNanos;

    private List<ClientEntry> clients = SampleViews.clients(NOW, 300);

    @Test
    void all_pages_together_hold_every_client_once_oldest_first() {
        List<String> addresses = new ArrayList<>();
        Map<String, String> page = page("limit=37");
        addresses.addAll(addresses(page));
        while (!page.containsKey("now")) {
            int last = addresses(page).size() - 1;
            page = page("limit=37, addr.0=" + page.get("addr." + last) + ", last.0=" + page.get("last." + last));
            assertThat(page).containsKeys("last.older", "addr.older");
            addresses.addAll(addresses(page));
        }
        assertThat(addresses)
                .containsExactlyElementsOf(clients.reversed().stream()
                        .map(c -> c.client().toString())
                        .toList());
        assertThat(page).containsKey("last.newest");
    }

    @Test
    void a_page_keeps_to_its_fragments() {
        for (int fragments : new int[] {1, 2, 7, 32}) {
            assertThat(fragments("frags=" + fragments)).hasSizeBetween(1, fragments);
        }
        assertThat(fragments("frags=32").size()).isGreaterThan(28);
    }

    @Test
    void goes_on_after_the_first_row_that_did_not_change() {
        Map<String, String> page = page("limit=10");
        String seen = "addr.0=" + page.get("addr.9") + ", last.0=" + page.get("last.9") + ", addr.1="
                + page.get("addr.8") + ", last.1=" + page.get("last.8");
        touch(page.getOrDefault("addr.9", ""));
        Map<String, String> next = page("limit=10, " + seen);
        assertThat(next.get("addr.older")).isEqualTo(page.get("addr.8"));
    }

    @Test
    void says_unknown_when_every_row_that_the_asker_has_changed() {
        Map<String, String> page = page("limit=1");
        touch(page.getOrDefault("addr.0", ""));
        List<ControlPacket> reply =
                fragments("limit=10, addr.0=" + page.get("addr.0") + ", last.0=" + page.get("last.0"));
        assertThat(reply.getFirst().status() >> 8).isEqualTo(ControlError.UNKNOWN_VARIABLE.code());
    }

    @Test
    void refuses_a_query_that_does_not_say_how_much_or_says_too_much() {
        for (String query :
                List.of("mincount=1", "frags=129", "limit=257", "frags=-1", "limit=x", "frags=0, limit=0")) {
            ControlPacket reply = fragments(query).getFirst();
            assertThat(reply.error()).as(query).isTrue();
            assertThat(reply.status() >> 8).as(query).isEqualTo(ControlError.BAD_VALUE.code());
        }
    }

    @Test
    void leaves_out_what_is_not_asked_for() {
        assertThat(addresses(page("frags=128, mincount=300"))).hasSize(10);
        assertThat(addresses(page("frags=128, maxlstint=20"))).hasSize(20);
        assertThat(addresses(page("frags=128, minlstint=280"))).hasSize(21);
        assertThat(addresses(page("frags=128, recent=5"))).hasSize(5);
        assertThat(addresses(page("frags=128, resall=0x800"))).hasSize(43);
    }

    @Test
    void a_row_tells_version_mode_counts_and_whether_the_rate_limit_struck() {
        clients = List.of(new ClientEntry(
                new Endpoint(IpAddress.literal("fd00::7"), 40_001),
                NOW - 9 * SECOND,
                NOW - SECOND,
                4,
                3,
                3,
                4,
                0,
                10,
                NtpReason.RATE_KISSED));
        assertThat(page("frags=2"))
                .containsEntry("addr.0", "[fd00::7]:40001")
                .containsEntry("ct.0", "4")
                .containsEntry("mv.0", "35")
                .containsEntry("rs.0", "0x840");
    }

    @Test
    void pages_within_a_second_show_the_same_list() {
        Map<String, String> before = page("frags=128, recent=1");
        touch("10.0.0.9:123");
        monotonicNanos -= 2 * SECOND;
        assertThat(page("frags=128, recent=1")).containsEntry("addr.0", String.valueOf(before.get("addr.0")));
        assertThat(page("frags=128, recent=1")).containsEntry("addr.0", "10.0.0.9:123");
    }

    private void touch(String address) {
        clients = clients.stream()
                .map(c -> c.client().toString().equals(address)
                        ? new ClientEntry(c.client(), c.firstNanos(), NOW, c.count() + 1, 0, 3, 4, 0, 0, NtpReason.OK)
                        : c)
                .sorted((a, b) -> Long.compare(b.lastNanos(), a.lastNanos()))
                .toList();
    }

    private Map<String, String> page(String query) {
        String text = fragments(query).stream().map(ControlPacket::data).collect(Collectors.joining());
        Map<String, String> page = new LinkedHashMap<>();
        // A full page is longer than a query may be, so it is read in pieces.
        for (String part : text.split(",", -1)) {
            Item item = VariableNames.parse(part).orElseThrow().getFirst();
            page.put(item.name(), item.value());
        }
        return page;
    }

    private static List<String> addresses(Map<String, String> page) {
        return page.entrySet().stream()
                .filter(entry -> entry.getKey().matches("addr\\.[0-9]+"))
                .map(Map.Entry::getValue)
                .toList();
    }

    private List<ControlPacket> fragments(String query) {
        String nonce = packets(12, "").getFirst().data().strip();
        return packets(10, nonce + ", " + query);
    }

    private List<ControlPacket> packets(int opcode, String data) {
        ControlFacts facts = SampleViews.facts(SampleViews.following(NOW), clients);
        ControlAction action =
                server.answer(ControlServerTest.query(opcode, 0, data), facts, new Moment(NOW, monotonicNanos));
        monotonicNanos += SECOND;
        assertThat(action).isInstanceOf(ControlAction.Replies.class);
        return ((ControlAction.Replies) action)
                .fragments().stream()
                        .map(part ->
                                ControlCodec.decode(part.bytes, part.length).orElseThrow())
                        .toList();
    }
}
