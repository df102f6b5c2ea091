package org.ekicho.netboot.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.ekicho.netboot.client.BootClient;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.netboot.client.ClientArch;
import org.ekicho.netboot.policy.InstallOrder.State;
import org.ekicho.wire.MacAddress;
import org.junit.jupiter.api.Test;

final class BootPolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-27T09:00:00Z");
    private static final MacAddress WEB1 = MacAddress.literal("52:54:00:77:00:01");
    private static final MacAddress STRANGER = MacAddress.literal("52:54:00:77:00:99");
    private static final UUID BOARD = UUID.fromString("4c4c4544-0042-3510-8052-b4c04f313233");

    private static final BootWay FIRST = BootWay.first(OfferForm.ASK_4011);
    private static final Profile WEB = new Profile("web", "debian-12", Optional.of("web.preseed"), List.of());
    private static final BootRules RULES = new BootRules(
            List.of(new Machine(
                    "web1", Set.of(WEB1), Optional.of(BOARD), Optional.empty(), Set.of(), Optional.empty())),
            Map.of("web", WEB),
            Unknown.MENU);
    private static final BootPolicy POLICY = policy(RULES);
    private static final OrderBook ORDERED = OrderBook.EMPTY.arm(order("1", "web"));

    private static BootPolicy policy(BootRules rules) {
        return new BootPolicy(
                rules,
                (arch, index) -> arch.equals(ClientArch.EFI_X64)
                        ? Optional.of(index == 0 ? "ipxe/snponly.efi" : "ipxe/ipxe.efi")
                        : Optional.empty());
    }

    private static InstallOrder order(String id, String profile) {
        return new InstallOrder(
                id, WEB1, profile, "anna", NOW, NOW.plus(InstallOrder.DEFAULT_LIFE), State.ARMED, Optional.empty());
    }

    private static BootClient client(MacAddress mac, BootStage stage, ClientArch arch) {
        return new BootClient(mac, stage, Optional.of(arch), Optional.empty(), "", Optional.empty());
    }

    private static BootDecision next(BootClient client, OrderBook orders, Instant now) {
        return POLICY.next(client, orders, now, FIRST);
    }

    @Test
    void a_known_machine_without_an_order_starts_from_its_own_disk() {
        BootDecision decision = next(client(WEB1, BootStage.PXE_ROM, ClientArch.EFI_X64), OrderBook.EMPTY, NOW);
        assertThat(decision.step()).isEqualTo(new BootStep.LocalDisk(BootReason.NOTHING_ORDERED));
    }

    @Test
    void an_armed_order_gives_firmware_its_loader_and_ipxe_its_script() {
        assertThat(next(client(WEB1, BootStage.PXE_ROM, ClientArch.EFI_X64), ORDERED, NOW)
                        .step())
                .isEqualTo(new BootStep.ByTftp(
                        "ipxe/snponly.efi", OfferForm.ASK_4011, 1468, 4, false, BootReason.ORDERED));
        assertThat(next(client(WEB1, BootStage.HTTP_ROM, ClientArch.HTTP_X64), ORDERED, NOW)
                        .step())
                .isEqualTo(new BootStep.ByHttp("/boot/loader/ipxe/snponly.efi", BootReason.ORDERED));
        BootDecision decision = next(client(WEB1, BootStage.IPXE, ClientArch.EFI_X64), ORDERED, NOW);
        assertThat(decision.step()).isEqualTo(new BootStep.ByHttp("/boot/script.ipxe", BootReason.ORDERED));
        assertThat(decision.outcome()).isInstanceOf(BootOutcome.Install.class);
    }

    @Test
    void an_order_is_over_when_its_time_is() {
        Instant late = NOW.plus(InstallOrder.DEFAULT_LIFE);
        assertThat(next(client(WEB1, BootStage.PXE_ROM, ClientArch.EFI_X64), ORDERED, late)
                        .step())
                .isEqualTo(new BootStep.LocalDisk(BootReason.ORDER_EXPIRED));
    }

    @Test
    void an_order_installs_once() {
        OrderBook started = ORDERED.move("1", State.STARTED);
        assertThat(next(client(WEB1, BootStage.IPXE, ClientArch.EFI_X64), started, NOW)
                        .outcome())
                .isEqualTo(new BootOutcome.OwnDisk(BootReason.ORDER_USED));
    }

    @Test
    void an_order_for_a_profile_that_is_gone_installs_nothing() {
        OrderBook broken = OrderBook.EMPTY.arm(order("1", "gone"));
        assertThat(next(client(WEB1, BootStage.IPXE, ClientArch.EFI_X64), broken, NOW)
                        .outcome())
                .isEqualTo(new BootOutcome.OwnDisk(BootReason.ORDER_BROKEN));
    }

    @Test
    void a_stranger_gets_the_menu_or_what_the_site_says() {
        BootClient stranger = client(STRANGER, BootStage.IPXE, ClientArch.EFI_X64);
        assertThat(next(stranger, ORDERED, NOW).outcome()).isEqualTo(new BootOutcome.Menu(BootReason.UNKNOWN_MACHINE));
        BootRules shy = new BootRules(RULES.machines(), RULES.profiles(), Unknown.LOCAL_DISK);
        assertThat(policy(shy).next(stranger, ORDERED, NOW, FIRST).outcome())
                .isEqualTo(new BootOutcome.OwnDisk(BootReason.UNKNOWN_MACHINE));
    }

    @Test
    void a_machine_is_known_by_its_board_on_another_interface() {
        BootClient other = new BootClient(
                STRANGER, BootStage.IPXE, Optional.of(ClientArch.EFI_X64), Optional.of(BOARD), "", Optional.empty());
        assertThat(next(other, OrderBook.EMPTY, NOW).machine())
                .map(Machine::name)
                .contains("web1");
    }

    @Test
    void without_a_loader_there_is_silence_with_its_reason() {
        assertThat(next(client(WEB1, BootStage.PXE_ROM, ClientArch.EFI_ARM64), ORDERED, NOW)
                        .step())
                .isEqualTo(new BootStep.Silence(BootReason.NO_LOADER));
    }

    @Test
    void a_running_system_is_not_told_to_boot() {
        assertThat(next(client(WEB1, BootStage.SYSTEM, ClientArch.EFI_X64), ORDERED, NOW)
                        .step())
                .isEqualTo(new BootStep.Silence(BootReason.NOT_BOOTING));
    }

    @Test
    void another_way_changes_what_it_says() {
        BootWay way = new BootWay(OfferForm.IN_OFFER, 512, 1, true, 1, false);
        assertThat(POLICY.next(client(WEB1, BootStage.PXE_ROM, ClientArch.EFI_X64), ORDERED, NOW, way)
                        .step())
                .isEqualTo(new BootStep.ByTftp("ipxe/ipxe.efi", OfferForm.IN_OFFER, 512, 1, true, BootReason.ORDERED));
    }

    @Test
    void firmware_whose_tftp_failed_is_left_to_http_boot() {
        BootWay way = FIRST.byHttp();
        assertThat(POLICY.next(client(WEB1, BootStage.PXE_ROM, ClientArch.EFI_X64), ORDERED, NOW, way)
                        .step())
                .isEqualTo(new BootStep.Silence(BootReason.HTTP_INSTEAD));
        assertThat(POLICY.next(client(WEB1, BootStage.HTTP_ROM, ClientArch.HTTP_X64), ORDERED, NOW, way)
                        .step())
                .isInstanceOf(BootStep.ByHttp.class);
    }

    @Test
    void a_second_order_takes_back_the_first() {
        OrderBook two = ORDERED.arm(order("2", "web"));
        assertThat(two.byId("1")).map(InstallOrder::state).contains(State.CANCELLED);
        assertThat(two.armed(NOW)).extracting(InstallOrder::id).containsExactly("2");
    }

    @Test
    void an_order_never_goes_back() {
        OrderBook done = ORDERED.move("1", State.DONE).move("1", State.STARTED);
        assertThat(done.byId("1")).map(InstallOrder::state).contains(State.DONE);
    }

    @Test
    void an_order_lives_a_week_at_most() {
        Duration week = InstallOrder.MAX_LIFE;
        assertThatThrownBy(() -> new InstallOrder(
                        "1", WEB1, "web", "anna", NOW, NOW.plus(week).plusSeconds(1), State.ARMED, Optional.empty()))
                .hasMessageContaining("7 days");
    }

    @Test
    void the_book_is_read_back_and_a_broken_line_is_said() {
        OrderBook book = ORDERED.token("1", "ab12").arm(order("2", "web"));
        assertThat(OrderCodec.parse(OrderCodec.format(book))).isEqualTo(new OrderCodec.Read(book, List.of()));
        String broken = OrderCodec.format(book) + "3\tnonsense\n";
        assertThat(OrderCodec.parse(broken).orders()).isEqualTo(book);
        assertThat(OrderCodec.parse(broken).problems())
                .singleElement()
                .asString()
                .startsWith("line 4 ");
    }
}
