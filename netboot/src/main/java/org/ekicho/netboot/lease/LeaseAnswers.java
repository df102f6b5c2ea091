package org.ekicho.netboot.lease;

import java.util.List;
import java.util.Optional;
import org.ekicho.netboot.client.BootClient;
import org.ekicho.netboot.dhcp.Arrival;
import org.ekicho.netboot.dhcp.BootAnswer;
import org.ekicho.netboot.dhcp.BootClients;
import org.ekicho.netboot.dhcp.BootDoor;
import org.ekicho.netboot.dhcp.DhcpAction;
import org.ekicho.netboot.dhcp.DhcpCodec;
import org.ekicho.netboot.dhcp.DhcpOptions;
import org.ekicho.netboot.dhcp.DhcpPacket;
import org.ekicho.netboot.dhcp.DhcpReason;
import org.ekicho.netboot.dhcp.DhcpType;
import org.ekicho.netboot.dhcp.OptionCode;
import org.ekicho.netboot.dhcp.ReplyTo;
import org.ekicho.netboot.policy.BootStep;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// Makes the packets of the full DHCP server (RFC 2131 §4.3.1, table 3): which options stand in an answer,
/// and what the machine is told to load.
final class LeaseAnswers {
    /// Sent whether asked for or not: a machine without them has no network, and small clients do not ask.
    private static final List<Integer> ALWAYS =
            List.of(OptionCode.ROUTER, OptionCode.DNS, OptionCode.HOST_NAME, OptionCode.DOMAIN_NAME);

    private final DhcpSettings settings;
    private final BootDoor door;

    LeaseAnswers(DhcpSettings settings, BootDoor door) {
        this.settings = settings;
        this.door = door;
    }

    /// What an answer is about.
    ///
    /// @param reservation what is fixed for the machine
    record Question(
            DhcpPacket request, Arrival arrival, Subnet subnet, ClientKey client, Optional<Reservation> reservation) {}

    /// An offer or acknowledgement of `address` for `seconds`.
    DhcpAction.Reply lease(
            Question question, DhcpType type, IpAddress address, int seconds, DhcpAction.Promise promise) {
        DhcpOptions.Builder options = head(question, type)
                .set32(OptionCode.LEASE_TIME, seconds)
                .set32(OptionCode.RENEWAL_TIME, seconds / 2)
                .set32(OptionCode.REBINDING_TIME, (int) (seconds * 7L / 8));
        BootDoor.Asked asked = type == DhcpType.OFFER ? BootDoor.Asked.OFFER : BootDoor.Asked.CONFIRMATION;
        return reply(question, options, address, ReplyTo.client(question.request()), asked, promise);
    }

    /// What a machine that has its address otherwise wants to know (INFORM, RFC 2131 §4.3.5).
    DhcpAction.Reply information(Question question) {
        DhcpPacket request = question.request();
        Endpoint to =
                request.ciaddr().isAny() && !question.arrival().from().address().isAny()
                        ? question.arrival().from()
                        : ReplyTo.client(request);
        return reply(
                question,
                head(question, DhcpType.ACK),
                IpAddress.ANY_V4,
                to,
                BootDoor.Asked.CONFIRMATION,
                DhcpAction.Promise.NONE);
    }

    /// A refusal (DHCPNAK): the machine begins anew.
    DhcpAction.Reply refusal(DhcpPacket request, Arrival arrival, DhcpReason why) {
        DhcpOptions.Builder options = DhcpOptions.builder()
                .set8(OptionCode.MESSAGE_TYPE, DhcpType.NAK.code())
                .setAddress(OptionCode.SERVER_ID, arrival.ours())
                .setText(OptionCode.MESSAGE, why.sentence());
        echo(request, options, OptionCode.CLIENT_ID);
        echo(request, options, OptionCode.RELAY_AGENT);
        DhcpPacket packet =
                request.reply(IpAddress.ANY_V4, IpAddress.ANY_V4, IpAddress.ANY_V4, "", "", options.build());
        // RFC 2131 §4.3.2: through a relay it is broadcast on the client's net, whatever the client can hear.
        DhcpPacket heard = request.isRelayed() ? packet.toEveryone() : packet;
        return new DhcpAction.Reply(
                heard,
                DhcpCodec.limit(request),
                ReplyTo.refused(request),
                DhcpAction.Promise.NONE,
                Optional.empty(),
                why);
    }

    private DhcpAction.Reply reply(
            Question question,
            DhcpOptions.Builder options,
            IpAddress yiaddr,
            Endpoint to,
            BootDoor.Asked asked,
            DhcpAction.Promise promise) {
        DhcpPacket request = question.request();
        configured(question, options);
        BootClient client = BootClients.of(request);
        Optional<BootStep> step = client.stage().boots() && client.arch().isPresent()
                ? Optional.of(door.next(client, question.arrival().ours(), asked))
                : Optional.empty();
        BootAnswer boot = step.flatMap(next ->
                        BootAnswer.of(request, client, next, question.arrival().ours(), settings.httpPort()))
                .orElse(BootAnswer.NOTHING);
        options.setAll(boot.options());
        echo(request, options, OptionCode.CLIENT_ID);
        echo(request, options, OptionCode.RELAY_AGENT);
        IpAddress ciaddr = yiaddr.isAny() || request.ciaddr().equals(yiaddr) ? request.ciaddr() : IpAddress.ANY_V4;
        return new DhcpAction.Reply(
                request.reply(ciaddr, yiaddr, boot.siaddr(), boot.sname(), boot.file(), options.build()),
                DhcpCodec.limit(request),
                to,
                promise,
                step,
                DhcpReason.ANSWERED);
    }

    private static DhcpOptions.Builder head(Question question, DhcpType type) {
        return DhcpOptions.builder()
                .set8(OptionCode.MESSAGE_TYPE, type.code())
                .setAddress(OptionCode.SERVER_ID, question.arrival().ours());
    }

    /// Adds what is configured: the machine's before the subnet's before the site's, of these what the
    /// client asks for in its order, and what every machine needs.
    private void configured(Question question, DhcpOptions.Builder options) {
        DhcpPacket request = question.request();
        DhcpOptions known = known(question);
        byte[] wanted = request.options().bytes(OptionCode.PARAMETER_LIST);
        options.set(OptionCode.SUBNET_MASK, known.bytes(OptionCode.SUBNET_MASK));
        for (byte code : wanted) {
            copy(known, options, code & 0xff);
        }
        for (int code : known.codes()) {
            if (wanted.length == 0 || ALWAYS.contains(code)) copy(known, options, code);
        }
    }

    private DhcpOptions known(Question question) {
        Subnet subnet = question.subnet();
        byte[] mask = new byte[4];
        BigEndian.put32(mask, 0, subnet.mask());
        DhcpOptions.Builder known = DhcpOptions.builder()
                .set(OptionCode.SUBNET_MASK, mask)
                .setAddress(OptionCode.BROADCAST, subnet.broadcast());
        if (settings.clock() == DhcpSettings.Clock.US) {
            known.setAddress(OptionCode.NTP, question.arrival().ours());
        }
        known.setAll(settings.options()).setAll(subnet.options());
        question.reservation().ifPresent(machine -> {
            if (!machine.hostName().isEmpty()) known.setText(OptionCode.HOST_NAME, machine.hostName());
            known.setAll(machine.options());
        });
        return known.build();
    }

    private static void copy(DhcpOptions from, DhcpOptions.Builder to, int code) {
        if (from.has(code)) to.set(code, from.bytes(code));
    }

    /// RFC 6842 for the client id, RFC 3046 §2.2 for the relay's; the writer puts the latter last.
    private static void echo(DhcpPacket request, DhcpOptions.Builder options, int code) {
        copy(request.options(), options, code);
    }
}
