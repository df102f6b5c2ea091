package org.ekicho.netboot.dhcp;

import java.util.Optional;
import org.ekicho.netboot.client.BootClient;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.netboot.policy.BootStep;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;

/// Answers machines that boot, beside a DHCP server that is not ours (PXE 2.1 §2.2): it says what to load
/// and gives no address. Port 67 hears DISCOVERs; port 4011 is asked afterwards by firmware that did not
/// find all it needs in the offer. It keeps nothing between packets.
///
/// @param door     the boot policy
/// @param httpPort of our HTTP server, for URLs
public record ProxyDhcpServer(BootDoor door, int httpPort) {
    /// The answer to `request`.
    public DhcpAction answer(DhcpPacket request, Arrival arrival) {
        if (request.fromServer()) {
            return new DhcpAction.Drop(
                    DhcpReason.FROM_A_SERVER, request.options().address(OptionCode.SERVER_ID));
        }
        Optional<DhcpReason> flaw = request.flaw();
        if (flaw.isPresent()) return DhcpAction.drop(flaw.get());
        DhcpType type = request.type().orElseThrow();
        return arrival.port() == DhcpPacket.BOOT_SERVER_PORT
                ? atBootServer(request, arrival, type)
                : atServer(request, arrival, type);
    }

    private DhcpAction atServer(DhcpPacket request, Arrival arrival, DhcpType type) {
        return switch (type) {
            case DISCOVER -> boot(request, arrival, DhcpType.OFFER, BootDoor.Asked.OFFER, ReplyTo.client(request));
            case REQUEST -> requested(request, arrival);
            case DECLINE, RELEASE, INFORM -> DhcpAction.drop(DhcpReason.NOT_OURS_TO_LEASE);
            case OFFER, ACK, NAK -> DhcpAction.drop(DhcpReason.NOT_FOR_SERVERS);
        };
    }

    /// A machine's choice of a DHCP server: never answered, but it tells who won.
    private static DhcpAction requested(DhcpPacket request, Arrival arrival) {
        Optional<IpAddress> chosen = request.options().address(OptionCode.SERVER_ID);
        return chosen.isPresent() && !chosen.get().equals(arrival.ours())
                ? new DhcpAction.Drop(DhcpReason.OTHER_SERVER, chosen)
                : DhcpAction.drop(DhcpReason.NOT_OURS_TO_LEASE);
    }

    private DhcpAction atBootServer(DhcpPacket request, Arrival arrival, DhcpType type) {
        return switch (type) {
            case REQUEST, INFORM -> confirmed(request, arrival);
            case DISCOVER, OFFER, DECLINE, ACK, NAK, RELEASE -> DhcpAction.drop(DhcpReason.NOT_FOR_SERVERS);
        };
    }

    private DhcpAction confirmed(DhcpPacket request, Arrival arrival) {
        Endpoint back = arrival.from();
        if (back.address().isAny() || back.port() == 0) return DhcpAction.drop(DhcpReason.NO_RETURN_ADDRESS);
        return boot(request, arrival, DhcpType.ACK, BootDoor.Asked.CONFIRMATION, back);
    }

    private DhcpAction boot(DhcpPacket request, Arrival arrival, DhcpType type, BootDoor.Asked asked, Endpoint to) {
        BootClient client = BootClients.of(request);
        if (!client.stage().boots() || !hasBootClass(client)) return DhcpAction.drop(DhcpReason.NOT_BOOTING);
        if (client.arch().isEmpty()) return DhcpAction.drop(DhcpReason.NO_ARCHITECTURE);
        BootStep step = door.next(client, arrival.ours(), asked);
        if (step instanceof BootStep.Silence) return DhcpAction.drop(DhcpReason.POLICY);
        Optional<BootAnswer> said = BootAnswer.of(request, client, step, arrival.ours(), httpPort);
        if (said.isEmpty()) return DhcpAction.drop(DhcpReason.CANNOT_LOAD_SO);
        return new DhcpAction.Reply(
                packet(request, arrival, type, said.get()),
                DhcpCodec.limit(request),
                to,
                DhcpAction.Promise.NONE,
                Optional.of(step),
                DhcpReason.ANSWERED);
    }

    /// iPXE is recognised without vendor class as well, yet a proxy speaks only to who asks for one.
    private static boolean hasBootClass(BootClient client) {
        return client.stage() != BootStage.IPXE
                || client.vendorClass().startsWith("PXEClient")
                || client.vendorClass().startsWith("HTTPClient");
    }

    private static DhcpPacket packet(DhcpPacket request, Arrival arrival, DhcpType type, BootAnswer said) {
        DhcpOptions.Builder options = DhcpOptions.builder()
                .set8(OptionCode.MESSAGE_TYPE, type.code())
                .setAddress(OptionCode.SERVER_ID, arrival.ours())
                .setAll(said.options());
        if (request.options().has(OptionCode.RELAY_AGENT)) {
            options.set(OptionCode.RELAY_AGENT, request.options().bytes(OptionCode.RELAY_AGENT));
        }
        return request.reply(
                request.ciaddr(), IpAddress.ANY_V4, said.siaddr(), said.sname(), said.file(), options.build());
    }
}
