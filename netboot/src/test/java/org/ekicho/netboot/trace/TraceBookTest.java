package org.ekicho.netboot.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.UUID;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.netboot.client.ClientArch;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;
import org.junit.jupiter.api.Test;

/// Whose an event is, where an attempt begins, and that memory has an end.
final class TraceBookTest {
    private static final String PROGRAM = "ipxe/snponly.efi";
    private static final long SECOND = 1_000_000_000L;

    @Test
    void tries_with_ids_that_go_up_by_one_are_one_attempt() {
        Story story = new Story()
                .address(PROGRAM)
                .after(24)
                .nextTry(BootStage.HTTP_ROM)
                .discover()
                .after(10)
                .nextTry(BootStage.HTTP_ROM)
                .discover();
        assertThat(story.trace().attempts()).hasSize(1);
    }

    @Test
    void iPXE_belongs_to_the_attempt_that_loaded_it() {
        assertThat(new Story().toPackages().trace().attempts()).hasSize(1);
    }

    @Test
    void firmware_after_a_loader_is_another_attempt() {
        MachineTrace trace = new Story().toLoader().powerOn().discover().trace();
        assertThat(trace.attempts()).extracting(BootAttempt::number).containsExactly(1, 2);
    }

    @Test
    void firmware_after_long_silence_is_another_attempt() {
        Story story = new Story()
                .discover()
                .after(4)
                .discover()
                .after(8)
                .discover()
                .after(32)
                .discover();
        assertThat(story.trace().attempts()).hasSize(1);
        story.after(91).discover();
        assertThat(story.trace().attempts()).hasSize(2);
    }

    @Test
    void only_the_last_few_attempts_are_kept() {
        Story story = new Story();
        for (int i = 0; i < 20; i++) story.toLoader().powerOn();
        assertThat(story.trace().attempts()).hasSize(BootTimeline.MAX_ATTEMPTS);
        assertThat(story.trace().latest().orElseThrow().number()).isEqualTo(20);
    }

    @Test
    void a_loop_keeps_its_beginning_and_its_end() {
        Story story = new Story().address(PROGRAM);
        for (int i = 0; i < 1000; i++) story.rrq("file-" + i);
        BootAttempt attempt = story.trace().latest().orElseThrow();
        assertThat(attempt.events()).hasSize(AttemptLog.MAX_EVENTS);
        assertThat(attempt.dropped()).isEqualTo(1004 - AttemptLog.MAX_EVENTS);
        assertThat(attempt.events().getFirst()).isEqualTo(story.events.getFirst());
        assertThat(attempt.events().getLast()).isEqualTo(story.events.getLast());
        assertThat(story.verdict().notes()).anyMatch(note -> note.contains("764 events"));
    }

    @Test
    void packages_are_one_event() {
        BootAttempt attempt = new Story().toPackages().trace().latest().orElseThrow();
        assertThat(attempt.events())
                .filteredOn(event -> event instanceof BootEvent.Packages)
                .singleElement()
                .satisfies(event ->
                        assertThat(((BootEvent.Packages) event).count()).isEqualTo(400));
        assertThat(attempt.dropped()).isZero();
    }

    @Test
    void an_address_leads_to_the_machine_that_DHCP_gave_it_to() {
        Story story = new Story().address(PROGRAM).tftp(PROGRAM);
        TraceBook book = new TraceBook();
        story.events.forEach(book::add);
        assertThat(book.owner(Story.ADDRESS)).contains(Story.MAC);
        assertThat(book.unplaced()).isZero();
        assertThat(book.machine(Story.MAC).orElseThrow().latest().orElseThrow().events())
                .hasSize(story.events.size());
    }

    @Test
    void what_came_before_the_address_was_known_is_recalled() {
        TraceBook book = new TraceBook();
        book.add(new Story()
                .http("iPXE/1.21", "/boot/script.ipxe", 200, 900)
                .events
                .getFirst());
        assertThat(book.machines()).isEmpty();
        book.add(new BootEvent.Report(130 * SECOND, Who.of(Story.MAC, Story.ADDRESS), "medium", "menu"));
        assertThat(book.machine(Story.MAC).orElseThrow().latest().orElseThrow().events())
                .hasSize(2);
    }

    @Test
    void what_began_before_the_last_power_on_belongs_to_the_attempt_before() {
        Story story = new Story()
                .toLoader()
                .rrq("initrd.img")
                .powerOn()
                .discover()
                .after(1)
                .end("initrd.img", TftpOutcome.SILENCE, new TftpCount(9, 5, 5, 0), -1);
        assertThat(story.trace().attempts()).hasSize(2);
        assertThat(story.trace().attempts().getFirst().events().getLast()).isEqualTo(story.events.getLast());
        assertThat(story.trace().attempts().getLast().events()).hasSize(1);
    }

    @Test
    void a_lease_tells_whose_an_address_is() {
        TraceBook book = new TraceBook();
        book.add(new Story().discover().events.getFirst());
        book.add(new Story()
                .after(1)
                .http("iPXE/1.21", "/boot/script.ipxe", 200, 900)
                .events
                .getFirst());
        book.owns(Story.ADDRESS, Story.MAC, 102 * SECOND);
        assertThat(book.machine(Story.MAC).orElseThrow().latest().orElseThrow().events())
                .hasSize(2);
    }

    @Test
    void whoever_only_takes_an_address_or_asks_ARP_gets_no_trace() {
        TraceBook book = new TraceBook();
        new Story()
                .as(BootStage.SYSTEM, ClientArch.EFI_X64)
                .discover()
                .arp(Story.US, 3)
                .events
                .forEach(book::add);
        assertThat(book.machines()).isEmpty();
        assertThat(book.size()).isZero();
    }

    @Test
    void a_machine_is_found_by_its_UUID() {
        UUID uuid = new UUID(1, 2);
        TraceBook book = new TraceBook();
        book.add(new BootEvent.Report(
                0, new Who(Optional.of(Story.MAC), Optional.empty(), Optional.of(uuid)), "medium", ""));
        assertThat(book.machine(uuid)).map(MachineTrace::mac).contains(Story.MAC);
        assertThat(book.machine(new UUID(3, 4))).isEmpty();
    }

    @Test
    void memory_has_an_end() {
        TraceBook book = new TraceBook();
        long at = 0;
        for (int machine = 0; machine < 3000; machine++) {
            MacAddress mac = new MacAddress(0x5254_0000_0000L + machine);
            IpAddress address = IpAddress.ofV4(0x0a000000 + machine);
            for (int i = 0; i < 120; i++) {
                at += 1000;
                book.add(discover(at, mac));
                book.add(new BootEvent.TftpRequest(
                        at, Who.of(mac, address), new Endpoint(address, 2000 + i), "file", 512, 1, false));
            }
        }
        assertThat(book.size()).isLessThanOrEqualTo(TraceBook.MAX_EVENTS);
        assertThat(book.machines()).hasSizeLessThanOrEqualTo(TraceBook.MAX_MACHINES);
        assertThat(book.machines().getLast().mac()).isEqualTo(new MacAddress(0x5254_0000_0000L + 2999));
        assertThat(book.owner(IpAddress.ofV4(0x0a000000))).isEmpty();
    }

    private static BootEvent discover(long at, MacAddress mac) {
        Endpoint client = new Endpoint(IpAddress.ANY_V4, 68);
        return new BootEvent.Dhcp(
                at,
                Who.of(mac),
                DhcpKind.DISCOVER,
                Whose.CLIENT,
                client,
                client,
                1,
                0,
                BootStage.PXE_ROM,
                Optional.of(ClientArch.EFI_X64),
                "PXEClient",
                DhcpGift.NONE);
    }

    @Test
    void an_order_is_kept_without_an_attempt() {
        MachineTrace trace = new Story().order(OrderChange.ARMED).trace();
        assertThat(trace.latest()).isEmpty();
        assertThat(trace.orders())
                .singleElement()
                .satisfies(order -> assertThat(order.by()).isEqualTo("anna"));
        assertThat(TraceView.latest(trace, 0)).isEmpty();
    }

    @Test
    void a_lost_link_concerns_the_machines_that_boot_just_now() {
        Story story = new Story().discover().after(3);
        TraceBook book = new TraceBook();
        story.events.forEach(book::add);
        book.add(new BootEvent.Link(story.now(), Who.NOBODY, "eth1", false));
        assertThat(book.machine(Story.MAC).orElseThrow().latest().orElseThrow().events())
                .hasSize(2);
    }
}
