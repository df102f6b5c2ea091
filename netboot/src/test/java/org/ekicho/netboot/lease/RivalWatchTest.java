package org.ekicho.netboot.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.ekicho.netboot.dhcp.DhcpOptions;
import org.ekicho.netboot.dhcp.DhcpPacket;
import org.ekicho.netboot.dhcp.DhcpType;
import org.ekicho.netboot.dhcp.OptionCode;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;
import org.junit.jupiter.api.Test;

final class RivalWatchTest {
    private static final MacAddress MAC = MacAddress.literal("52:54:00:00:00:99");
    private static final IpAddress US = IpAddress.literal("10.77.0.1");
    private static final IpAddress RIVAL = IpAddress.literal("10.77.0.2");
    private static final long SECOND = 1_000_000_000L;

    private final RivalWatch watch = new RivalWatch(MAC, US, new Random(1), 0);

    @Test
    void serves_after_three_questions_without_an_answer() {
        List<RivalAction> actions = run(0, 10);
        assertThat(actions).hasSize(4);
        assertThat(actions.subList(0, 3)).allMatch(RivalAction.Probe.class::isInstance);
        assertThat(actions.getLast()).isEqualTo(new RivalAction.Serve());
        assertThat(watch.stance()).isEqualTo(RivalWatch.Stance.SERVING);
    }

    @Test
    void knows_its_own_questions_and_asks_as_a_client_does() {
        DhcpPacket probe = ((RivalAction.Probe) watch.advance(0).getFirst()).packet();
        assertThat(probe.type()).contains(DhcpType.DISCOVER);
        assertThat(probe.broadcast()).isTrue();
        assertThat(watch.isOwn(probe)).isTrue();
        assertThat(watch.isOwn(offer(RIVAL, "10.77.0.50"))).isFalse();
    }

    @Test
    void never_serves_when_another_answers_before() {
        run(0, 3);
        assertThat(watch.heard(offer(RIVAL, "10.77.0.50"), RIVAL))
                .containsExactly(new RivalAction.StandDown(RIVAL, IpAddress.literal("10.77.0.50")));
        assertThat(run(3, 3000)).noneMatch(RivalAction.Serve.class::isInstance);
        assertThat(watch.stance()).isEqualTo(RivalWatch.Stance.STOOD_DOWN);
        assertThat(watch.rival()).contains(RIVAL);
    }

    @Test
    void stands_down_when_another_appears_later_and_says_so_once() {
        run(0, 400);
        assertThat(watch.heard(offer(RIVAL, "10.77.0.50"), RIVAL)).hasSize(1);
        assertThat(watch.heard(offer(RIVAL, "10.77.0.50"), RIVAL)).isEmpty();
        assertThat(watch.stance()).isEqualTo(RivalWatch.Stance.STOOD_DOWN);
    }

    @Test
    void comes_back_only_when_told_and_only_into_silence() {
        watch.heard(offer(RIVAL, "10.77.0.50"), RIVAL);
        watch.resume(100 * SECOND);
        run(100, 102);
        watch.heard(offer(RIVAL, "10.77.0.50"), RIVAL);
        assertThat(watch.stance()).isEqualTo(RivalWatch.Stance.STOOD_DOWN);
        watch.resume(200 * SECOND);
        assertThat(run(200, 210)).contains(new RivalAction.Serve());
        assertThat(watch.rival()).isEqualTo(Optional.empty());
    }

    @Test
    void a_proxy_and_our_own_answers_are_no_rivals() {
        assertThat(watch.heard(offer(RIVAL, "0.0.0.0"), RIVAL)).isEmpty();
        assertThat(watch.heard(offer(US, "10.77.0.50"), US)).isEmpty();
        assertThat(watch.stance()).isEqualTo(RivalWatch.Stance.LOOKING);
    }

    @Test
    void keeps_asking_while_it_serves_and_at_once_on_a_suspicion() {
        run(0, 10);
        assertThat(run(10, 1000)).hasSize(3).allMatch(RivalAction.Probe.class::isInstance);
        watch.suspect(1000 * SECOND);
        assertThat(watch.advance(1000 * SECOND)).hasSize(1);
    }

    private List<RivalAction> run(int from, int to) {
        List<RivalAction> actions = new ArrayList<>();
        for (int second = from; second < to; second++) {
            actions.addAll(watch.advance(second * SECOND));
        }
        return actions;
    }

    private static DhcpPacket offer(IpAddress server, String yiaddr) {
        IpAddress none = IpAddress.ANY_V4;
        DhcpOptions options = DhcpOptions.builder()
                .set8(OptionCode.MESSAGE_TYPE, DhcpType.OFFER.code())
                .setAddress(OptionCode.SERVER_ID, server)
                .build();
        return new DhcpPacket(true, 0, 1, 0, true, none, IpAddress.literal(yiaddr), none, none, MAC, "", "", options);
    }
}
