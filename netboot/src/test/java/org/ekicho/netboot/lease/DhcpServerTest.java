package org.ekicho.netboot.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ekicho.netboot.lease.PretendClient.US;
import static org.ekicho.netboot.lease.PretendClient.at;
import static org.ekicho.netboot.lease.PretendClient.ip;
import static org.ekicho.netboot.lease.PretendClient.reply;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ekicho.netboot.dhcp.BootDoor;
import org.ekicho.netboot.dhcp.DhcpAction;
import org.ekicho.netboot.dhcp.DhcpOptions;
import org.ekicho.netboot.dhcp.DhcpPacket;
import org.ekicho.netboot.dhcp.DhcpReason;
import org.ekicho.netboot.dhcp.DhcpType;
import org.ekicho.netboot.dhcp.OptionCode;
import org.ekicho.netboot.dhcp.ReplyTo;
import org.ekicho.netboot.lease.DhcpSettings.Authority;
import org.ekicho.netboot.lease.DhcpSettings.Checking;
import org.ekicho.netboot.policy.BootReason;
import org.ekicho.netboot.policy.BootStep;
import org.ekicho.netboot.policy.OfferForm;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;
import org.ekicho.wire.MacAddress;
import org.ekicho.wire.Moment;
import org.junit.jupiter.api.Test;

final class DhcpServerTest {
    private static final String MAC = "52:54:00:77:00:01";
    private static final String OTHER = "52:54:00:77:00:02";
    private static final BootDoor DOOR = (_, _, _) ->
            new BootStep.ByTftp("ipxe/snponly.efi", OfferForm.IN_OFFER, 1468, 4, false, BootReason.ORDERED);

    private List<Reservation> reservations = List.of();
    private Checking checking = Checking.NONE;
    private Authority authority = Authority.REFUSE;
    private ClientKey.Identity identity = ClientKey.Identity.CLIENT_ID;
    private DhcpOptions siteOptions = DhcpOptions.NONE;

    @Test
    void gives_an_address_in_four_packets() {
        DhcpServer server = server();
        PretendClient client = new PretendClient(server, MAC);
        DhcpPacket offer = reply(client.discover()).packet();
        assertThat(offer.type()).contains(DhcpType.OFFER);
        assertThat(offer.options().addresses(OptionCode.SUBNET_MASK)).containsExactly(ip("255.255.255.0"));
        assertThat(offer.options().addresses(OptionCode.ROUTER)).containsExactly(ip("10.77.0.254"));
        assertThat(offer.options().addresses(OptionCode.NTP)).containsExactly(US);
        assertThat(offer.options().u32(OptionCode.LEASE_TIME)).contains(3600L);
        assertThat(server.unsaved(at(0))).isEmpty();
        DhcpAction.Reply ack = reply(client.select(offer.yiaddr(), "10.77.0.1"));
        assertThat(ack.packet().type()).contains(DhcpType.ACK);
        assertThat(ack.packet().yiaddr()).isEqualTo(offer.yiaddr());
        assertThat(ack.to()).isEqualTo(ReplyTo.EVERYONE);
        assertThat(ack.promise()).isEqualTo(DhcpAction.Promise.NEW);
        assertThat(server.unsaved(at(0))).hasSize(1);
    }

    @Test
    void two_machines_never_have_one_address_and_the_range_ends() {
        DhcpServer server = server();
        Set<IpAddress> given = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            assertThat(given.add(new PretendClient(server, "52:54:00:00:01:0" + i).boot()))
                    .isTrue();
        }
        assertThat(given).allMatch(address -> range().contains(address));
        PretendClient late = new PretendClient(server, OTHER);
        assertThat(late.discover()).isEqualTo(DhcpAction.drop(DhcpReason.POOL_EXHAUSTED));
        // An hour later all have ended, and their addresses are given again.
        assertThat(given).contains(late.later(3601).boot());
    }

    @Test
    void a_machine_that_comes_back_gets_what_it_had() {
        DhcpServer server = server();
        IpAddress first = new PretendClient(server, MAC).boot();
        for (int i = 0; i < 9; i++) {
            new PretendClient(server, "52:54:00:00:01:0" + i).boot();
        }
        assertThat(new PretendClient(server, MAC).later(5000).boot()).isEqualTo(first);
    }

    @Test
    void a_renewal_is_answered_to_the_address_and_lasts_longer() {
        DhcpServer server = server();
        PretendClient client = new PretendClient(server, MAC);
        IpAddress address = client.boot();
        server.saved();
        DhcpAction.Reply ack = reply(client.later(1800).renew(address));
        assertThat(ack.to()).isEqualTo(new Endpoint(address, 68));
        assertThat(ack.promise()).isEqualTo(DhcpAction.Promise.LONGER);
        assertThat(ack.packet().ciaddr()).isEqualTo(address);
        assertThat(server.leases().getFirst().endsNanos()).isEqualTo(5400_000_000_000L);
    }

    @Test
    void a_lease_that_never_reached_the_disk_stays_new() {
        DhcpServer server = server();
        PretendClient client = new PretendClient(server, MAC);
        IpAddress address = client.boot();
        assertThat(reply(client.later(1).renew(address)).promise()).isEqualTo(DhcpAction.Promise.NEW);
    }

    @Test
    void a_machine_that_restarts_keeps_its_address_or_is_refused() {
        DhcpServer server = server();
        IpAddress its = new PretendClient(server, MAC).boot();
        assertThat(type(new PretendClient(server, MAC).reboot(its))).isEqualTo(DhcpType.ACK);
        DhcpAction.Reply taken = reply(new PretendClient(server, OTHER).reboot(its));
        assertThat(taken.packet().type()).contains(DhcpType.NAK);
        assertThat(taken.why()).isEqualTo(DhcpReason.TAKEN);
        assertThat(taken.to()).isEqualTo(ReplyTo.EVERYONE);
        assertThat(reply(new PretendClient(server, OTHER).reboot(ip("192.168.1.5")))
                        .why())
                .isEqualTo(DhcpReason.WRONG_NET);
        assertThat(reply(new PretendClient(server, OTHER).reboot(ip("10.77.0.9")))
                        .why())
                .isEqualTo(DhcpReason.NOT_KNOWN);
    }

    @Test
    void without_authority_it_keeps_silent() {
        authority = Authority.SILENT;
        DhcpServer server = server();
        PretendClient client = new PretendClient(server, OTHER);
        assertThat(client.reboot(ip("192.168.1.5"))).isEqualTo(DhcpAction.drop(DhcpReason.WRONG_NET));
        assertThat(client.reboot(ip("10.77.0.103"))).isEqualTo(DhcpAction.drop(DhcpReason.NOT_KNOWN));
    }

    @Test
    void an_offer_is_given_up_when_another_server_is_chosen() {
        DhcpServer server = server();
        PretendClient client = new PretendClient(server, MAC);
        IpAddress offered = reply(client.discover()).packet().yiaddr();
        assertThat(client.select(offered, "10.77.0.2"))
                .isEqualTo(new DhcpAction.Drop(DhcpReason.OTHER_SERVER, Optional.of(ip("10.77.0.2"))));
        assertThat(server.leases()).isEmpty();
    }

    @Test
    void an_offer_is_held_for_its_machine_and_only_for_a_while() {
        DhcpServer server = server();
        IpAddress offered =
                reply(new PretendClient(server, MAC).discover()).packet().yiaddr();
        PretendClient other = new PretendClient(server, OTHER);
        assertThat(reply(other.discover(offered.toString())).packet().yiaddr()).isNotEqualTo(offered);
        assertThat(reply(new PretendClient(server, "52:54:00:77:00:03")
                                .later(61)
                                .discover(offered.toString()))
                        .packet()
                        .yiaddr())
                .isEqualTo(offered);
    }

    @Test
    void a_declined_address_is_given_to_nobody_for_an_hour_and_only_its_owner_may_decline() {
        DhcpServer server = server();
        IpAddress its = new PretendClient(server, MAC).boot();
        assertThat(new PretendClient(server, OTHER).decline(its)).isEqualTo(DhcpAction.drop(DhcpReason.NOT_KNOWN));
        assertThat(new PretendClient(server, MAC).decline(its)).isEqualTo(DhcpAction.drop(DhcpReason.DECLINED));
        assertThat(new PretendClient(server, MAC).boot()).isNotEqualTo(its);
        assertThat(reply(new PretendClient(server, OTHER).later(3700).discover(its.toString()))
                        .packet()
                        .yiaddr())
                .isEqualTo(its);
    }

    @Test
    void a_released_address_is_free_and_only_its_owner_may_release() {
        DhcpServer server = server();
        IpAddress its = new PretendClient(server, MAC).boot();
        assertThat(new PretendClient(server, OTHER).release(its)).isEqualTo(DhcpAction.drop(DhcpReason.NOT_KNOWN));
        assertThat(new PretendClient(server, MAC).release(its)).isEqualTo(DhcpAction.drop(DhcpReason.RELEASED));
        assertThat(reply(new PretendClient(server, OTHER).discover(its.toString()))
                        .packet()
                        .yiaddr())
                .isEqualTo(its);
    }

    @Test
    void a_machine_with_an_address_is_informed_without_a_lease() {
        DhcpServer server = server();
        DhcpAction.Reply ack = reply(new PretendClient(server, MAC).inform(ip("10.77.0.9")));
        assertThat(ack.packet().type()).contains(DhcpType.ACK);
        assertThat(ack.packet().yiaddr()).isEqualTo(IpAddress.ANY_V4);
        assertThat(ack.packet().options().has(OptionCode.LEASE_TIME)).isFalse();
        assertThat(ack.packet().options().has(OptionCode.ROUTER)).isTrue();
        assertThat(ack.to()).isEqualTo(new Endpoint(ip("10.77.0.9"), 68));
        assertThat(server.leases()).isEmpty();
    }

    @Test
    void a_reserved_address_is_its_machines_alone_even_under_another_client_id() {
        reservations = List.of(Reservation.of(MacAddress.literal(MAC), ip("10.77.0.100")));
        DhcpServer server = server();
        for (int i = 0; i < 9; i++) {
            assertThat(new PretendClient(server, "52:54:00:00:01:0" + i).boot()).isNotEqualTo(ip("10.77.0.100"));
        }
        assertThat(new PretendClient(server, OTHER).discover()).isEqualTo(DhcpAction.drop(DhcpReason.POOL_EXHAUSTED));
        assertThat(new PretendClient(server, MAC, id(1), IpAddress.ANY_V4).boot())
                .isEqualTo(ip("10.77.0.100"));
        assertThat(new PretendClient(server, MAC, id(2), IpAddress.ANY_V4).boot())
                .isEqualTo(ip("10.77.0.100"));
    }

    @Test
    void options_of_a_machine_come_before_its_subnets_and_these_before_the_sites() {
        siteOptions = DhcpOptions.builder()
                .setText(OptionCode.DOMAIN_NAME, "site")
                .setAddress(OptionCode.ROUTER, ip("10.0.0.1"))
                .setAddress(OptionCode.NTP, ip("10.0.0.2"))
                .build();
        reservations = List.of(new Reservation(
                Optional.of(MacAddress.literal(MAC)),
                Optional.empty(),
                Optional.empty(),
                "node1",
                DhcpOptions.builder().setText(OptionCode.DOMAIN_NAME, "lab").build()));
        DhcpOptions options =
                reply(new PretendClient(server(), MAC).discover()).packet().options();
        assertThat(options.text(OptionCode.DOMAIN_NAME)).isEqualTo("lab");
        assertThat(options.text(OptionCode.HOST_NAME)).isEqualTo("node1");
        assertThat(options.addresses(OptionCode.ROUTER)).containsExactly(ip("10.77.0.254"));
        assertThat(options.addresses(OptionCode.NTP)).containsExactly(ip("10.0.0.2"));
    }

    @Test
    void what_is_not_asked_for_is_left_out_except_what_every_machine_needs() {
        DhcpOptions asks = DhcpOptions.builder()
                .set(OptionCode.PARAMETER_LIST, (byte) OptionCode.BROADCAST)
                .build();
        DhcpOptions options = reply(new PretendClient(server(), MAC, asks, IpAddress.ANY_V4).discover())
                .packet()
                .options();
        assertThat(options.addresses(OptionCode.BROADCAST)).containsExactly(ip("10.77.0.255"));
        assertThat(options.has(OptionCode.NTP)).isFalse();
        assertThat(options.has(OptionCode.ROUTER)).isTrue();
    }

    @Test
    void a_relay_chooses_the_subnet_and_gets_the_answer_with_its_option_last() {
        DhcpOptions relay = DhcpOptions.builder()
                .set(OptionCode.RELAY_AGENT, (byte) 1, (byte) 2, (byte) 0, (byte) 7)
                .build();
        PretendClient client = new PretendClient(server(), MAC, relay, ip("10.78.0.1"));
        DhcpAction.Reply offer = reply(client.discover());
        assertThat(offer.packet().yiaddr().toString()).startsWith("10.78.0.");
        assertThat(offer.to()).isEqualTo(new Endpoint(ip("10.78.0.1"), 67));
        assertThat(offer.packet().options().codes().getLast()).isEqualTo(OptionCode.RELAY_AGENT);
        DhcpAction.Reply nak = reply(client.reboot(ip("10.77.0.105")));
        assertThat(nak.packet().broadcast()).isTrue();
        assertThat(nak.to()).isEqualTo(new Endpoint(ip("10.78.0.1"), 67));
        assertThat(new PretendClient(server(), MAC, relay, ip("10.99.0.1")).discover())
                .isEqualTo(DhcpAction.drop(DhcpReason.NO_SUBNET));
    }

    @Test
    void a_relay_that_names_the_link_is_believed_before_its_address() {
        DhcpOptions relay = DhcpOptions.builder()
                .set(OptionCode.RELAY_AGENT, (byte) 5, (byte) 4, (byte) 10, (byte) 78, (byte) 0, (byte) 0)
                .build();
        PretendClient client = new PretendClient(server(), MAC, relay, ip("10.77.0.3"));
        assertThat(client.boot().toString()).startsWith("10.78.0.");
    }

    @Test
    void a_strangers_address_is_looked_for_first_and_another_taken_when_somebody_answers() {
        checking = Checking.PROBE;
        DhcpServer server = server();
        PretendClient client = new PretendClient(server, MAC);
        IpAddress first = ((DhcpAction.Probe) client.discover()).address();
        assertThat(client.later(0.1).discover()).isEqualTo(DhcpAction.drop(DhcpReason.CHECKING));
        IpAddress second = ((DhcpAction.Probe) server.probed(first, true, at(1))).address();
        assertThat(second).isNotEqualTo(first);
        assertThat(reply(server.probed(second, false, at(2))).packet().yiaddr()).isEqualTo(second);
        assertThat(type(client.later(2).select(second, "10.77.0.1"))).isEqualTo(DhcpType.ACK);
        assertThat(server.unsaved(at(2)))
                .extracting(LeaseRecord::state)
                .containsExactly(Lease.State.DECLINED, Lease.State.BOUND);
        // It is no stranger now.
        assertThat(client.later(4000).discover()).isInstanceOf(DhcpAction.Reply.class);
    }

    @Test
    void a_check_that_nobody_finished_is_begun_again() {
        checking = Checking.PROBE;
        PretendClient client = new PretendClient(server(), MAC);
        client.discover();
        assertThat(client.later(6).discover()).isInstanceOf(DhcpAction.Probe.class);
    }

    @Test
    void firmware_is_told_what_to_load_with_its_address() {
        DhcpOptions rom = DhcpOptions.builder()
                .setText(OptionCode.VENDOR_CLASS, "PXEClient:Arch:00007:UNDI:003016")
                .set(OptionCode.CLIENT_ARCH, (byte) 0, (byte) 7)
                .set(OptionCode.PARAMETER_LIST, (byte) 1, (byte) 67)
                .build();
        PretendClient client = new PretendClient(server(), MAC, rom, IpAddress.ANY_V4);
        DhcpAction.Reply offer = reply(client.discover());
        assertThat(offer.packet().yiaddr()).matches(address -> range().contains(address));
        assertThat(offer.packet().file()).isEqualTo("ipxe/snponly.efi");
        assertThat(offer.packet().siaddr()).isEqualTo(US);
        assertThat(offer.packet().options().bytes(OptionCode.VENDOR_SPECIFIC)).containsExactly(6, 1, 8, 255);
        assertThat(offer.boot()).isPresent();
        assertThat(reply(new PretendClient(server(), MAC).discover()).packet().file())
                .isEmpty();
    }

    @Test
    void who_asks_too_often_is_not_answered_and_others_are() {
        DhcpServer server = server();
        List<DhcpAction> answers = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            answers.add(new PretendClient(server, MAC).discover());
        }
        assertThat(answers.getLast()).isEqualTo(DhcpAction.drop(DhcpReason.TOO_OFTEN));
        assertThat(new PretendClient(server, OTHER).discover()).isInstanceOf(DhcpAction.Reply.class);
        assertThat(new PretendClient(server, MAC).later(5).discover()).isInstanceOf(DhcpAction.Reply.class);
    }

    @Test
    void one_machine_keeps_one_address_when_told_apart_by_hardware_address() {
        identity = ClientKey.Identity.MAC;
        DhcpServer server = server();
        IpAddress firmware = new PretendClient(server, MAC, id(1), IpAddress.ANY_V4).boot();
        assertThat(new PretendClient(server, MAC, id(2), IpAddress.ANY_V4).boot())
                .isEqualTo(firmware);
        identity = ClientKey.Identity.CLIENT_ID;
        DhcpServer other = server();
        IpAddress one = new PretendClient(other, MAC, id(1), IpAddress.ANY_V4).boot();
        assertThat(new PretendClient(other, MAC, id(2), IpAddress.ANY_V4).boot())
                .isNotEqualTo(one);
    }

    @Test
    void leases_outlive_a_restart_and_a_clock_that_was_set_back() {
        DhcpServer before = server();
        IpAddress its = new PretendClient(before, MAC).boot();
        List<LeaseRecord> kept = before.records(at(10));
        DhcpServer after = new DhcpServer(settings(), DOOR, kept, at(20));
        assertThat(after.leases().getFirst().endsNanos()).isEqualTo(3600_000_000_000L);
        assertThat(reply(new PretendClient(after, OTHER).reboot(its)).why()).isEqualTo(DhcpReason.TAKEN);
        DhcpServer in1970 = new DhcpServer(settings(), DOOR, kept, new Moment(0, 0));
        assertThat(in1970.leases().getFirst().endsNanos()).isEqualTo(86_400_000_000_000L);
    }

    private static DhcpType type(DhcpAction action) {
        return reply(action).packet().type().orElseThrow();
    }

    private static DhcpOptions id(int number) {
        return DhcpOptions.builder()
                .set(OptionCode.CLIENT_ID, (byte) 0, (byte) number)
                .build();
    }

    private static AddressRange range() {
        return new AddressRange(ip("10.77.0.100"), ip("10.77.0.109"));
    }

    private DhcpServer server() {
        return new DhcpServer(settings(), DOOR, List.of(), at(0));
    }

    private DhcpSettings settings() {
        DhcpOptions options = DhcpOptions.builder()
                .setAddress(OptionCode.ROUTER, ip("10.77.0.254"))
                .build();
        Subnet here = new Subnet(IpPrefix.parse("10.77.0.0/24").orElseThrow(), List.of(range()), 3600, 86400, options);
        Subnet there = new Subnet(
                IpPrefix.parse("10.78.0.0/24").orElseThrow(),
                List.of(new AddressRange(ip("10.78.0.0"), ip("10.78.0.255"))),
                3600,
                86400,
                DhcpOptions.NONE);
        return new DhcpSettings(
                List.of(here, there),
                reservations,
                siteOptions,
                identity,
                checking,
                authority,
                DhcpSettings.Clock.US,
                80);
    }
}
