package org.ekicho.netboot.lease;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.ekicho.netboot.dhcp.Arrival;
import org.ekicho.netboot.dhcp.DhcpAction;
import org.ekicho.netboot.dhcp.DhcpCodec;
import org.ekicho.netboot.dhcp.DhcpOptions;
import org.ekicho.netboot.dhcp.DhcpPacket;
import org.ekicho.netboot.dhcp.DhcpReading;
import org.ekicho.netboot.dhcp.DhcpReason;
import org.ekicho.netboot.dhcp.DhcpType;
import org.ekicho.netboot.dhcp.OptionCode;
import org.ekicho.netboot.policy.BootReason;
import org.ekicho.netboot.policy.BootStep;
import org.ekicho.netboot.policy.OfferForm;
import org.ekicho.wire.BigEndian;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.IpPrefix;
import org.ekicho.wire.MacAddress;
import org.ekicho.wire.Moment;

/// Any bytes as a file of leases, and any packets to a lease server of three addresses that saves, is killed and comes
/// back: nobody gets an address while another holds it, and what is promised as new is written first. What is
/// prolonged while the disk is full lasts only as long as the disk knows; asking by ARP is what is left then.
public final class LeaseFuzz {
    private static final IpAddress US = IpAddress.literal("10.77.0.1");
    private static final int FIRST = IpAddress.literal("10.77.0.100").v4Bits();
    private static final long SECOND = 1_000_000_000L;
    private static final int MAX_STEPS = 200;
    private static final DhcpSettings SETTINGS = new DhcpSettings(
            List.of(new Subnet(
                    IpPrefix.parse("10.77.0.0/24").orElseThrow(),
                    List.of(new AddressRange(IpAddress.ofV4(FIRST), IpAddress.ofV4(FIRST + 2))),
                    600,
                    3600,
                    DhcpOptions.NONE)),
            List.of(),
            DhcpOptions.NONE,
            ClientKey.Identity.CLIENT_ID,
            DhcpSettings.Checking.PROBE,
            DhcpSettings.Authority.REFUSE,
            DhcpSettings.Clock.US,
            80);

    private final byte[] data;
    private final Map<IpAddress, Held> held = new HashMap<>();
    /// As a journal reads: the last one of each address, oldest first.
    private final Map<IpAddress, LeaseRecord> disk = new LinkedHashMap<>();
    private long nanos = SECOND;
    private int at;
    private DhcpServer server = started();

    /// @param untilNanos when the machine itself stops to use it
    private record Held(ClientKey client, long untilNanos) {}

    private LeaseFuzz(byte[] data) {
        this.data = data;
    }

    public static void fuzzerTestOneInput(byte[] data) {
        journal(data);
        new LeaseFuzz(data).run();
    }

    /// A checksum that is right lets the rest of a line be read.
    private static void journal(byte[] data) {
        again(data);
        String text = new String(data, StandardCharsets.US_ASCII);
        StringBuilder summed = new StringBuilder();
        for (String line : text.lines().toList()) {
            CRC32 crc = new CRC32();
            crc.update(line.getBytes(StandardCharsets.US_ASCII));
            summed.append(line).append(" %08x\n".formatted(crc.getValue()));
        }
        again(summed.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static void again(byte[] file) {
        LeaseJournalCodec.Journal read = LeaseJournalCodec.decode(file);
        LeaseJournalCodec.Journal same = LeaseJournalCodec.decode(LeaseJournalCodec.encode(read.records()));
        check(same.records().equals(read.records()) && same.damaged() == 0, "leases read otherwise");
    }

    private void run() {
        for (int step = 0; step < MAX_STEPS && at < data.length; step++) {
            int what = next();
            nanos += (next() & 0x3f) * SECOND / 8;
            if (what < 16) {
                server = started();
            } else if (what < 24) {
                nanos += 900 * SECOND;
            } else {
                take(packet(what));
            }
        }
    }

    private DhcpServer started() {
        return new DhcpServer(
                SETTINGS,
                (_, _, _) -> new BootStep.ByTftp("a", OfferForm.IN_OFFER, 1468, 4, false, BootReason.ORDERED),
                disk.values(),
                now());
    }

    private void take(DhcpPacket packet) {
        DhcpAction action = server.answer(packet, new Arrival(2, US, new Endpoint(packet.ciaddr(), 68), 67), now());
        for (int tries = 0; action instanceof DhcpAction.Probe(IpAddress address, MacAddress _); tries++) {
            check(tries < 8, "checks without end");
            action = server.probed(address, (next() & 7) == 0, now());
        }
        switch (action) {
            case DhcpAction.Reply reply -> reply(packet, reply);
            case DhcpAction.Drop drop -> dropped(packet, drop.why());
            case DhcpAction.Probe probe -> throw new AssertionError("still " + probe);
        }
    }

    private void reply(DhcpPacket asked, DhcpAction.Reply reply) {
        byte[] bytes = reply.encode();
        check(bytes.length <= reply.limit(), "answer too long");
        if (!(DhcpCodec.decode(bytes, bytes.length) instanceof DhcpReading.Whole(DhcpPacket said))) {
            throw new AssertionError("answer cannot be read");
        }
        check(said.options().address(OptionCode.SERVER_ID).filter(US::equals).isPresent(), "server id");
        boolean gives = said.type().filter(DhcpType.ACK::equals).isPresent()
                && !said.yiaddr().isAny();
        boolean full = reply.promise() == DhcpAction.Promise.LONGER && (next() & 3) == 0;
        if (!full) save();
        if (gives && !full) given(asked, said);
    }

    private void given(DhcpPacket asked, DhcpPacket ack) {
        ClientKey client = ClientKey.of(asked, ClientKey.Identity.CLIENT_ID);
        int number = ack.yiaddr().v4Bits() - FIRST;
        check(number >= 0 && number < 3, "address out of range");
        long seconds = ack.options().u32(OptionCode.LEASE_TIME).orElseThrow();
        check(seconds > 0 && seconds <= 3600, "lease of " + seconds);
        // A machine that takes another address has left the one before.
        held.entrySet()
                .removeIf(entry -> !entry.getKey().equals(ack.yiaddr())
                        && entry.getValue().client.equals(client));
        Held before = held.put(ack.yiaddr(), new Held(client, nanos + seconds * SECOND));
        boolean anothers = before != null && before.untilNanos > nanos && !before.client.equals(client);
        check(!anothers, "two machines have " + ack.yiaddr());
        LeaseRecord kept = disk.get(ack.yiaddr());
        check(kept != null && kept.client().equals(client) && kept.state() == Lease.State.BOUND, "not on disk");
    }

    private void dropped(DhcpPacket asked, DhcpReason why) {
        if (why == DhcpReason.RELEASED) held.remove(asked.ciaddr());
        if (why == DhcpReason.DECLINED) {
            asked.options().address(OptionCode.REQUESTED_ADDRESS).ifPresent(held::remove);
        }
    }

    private void save() {
        byte[] lines = LeaseJournalCodec.encode(server.unsaved(now()));
        for (LeaseRecord record : LeaseJournalCodec.decode(lines).records()) {
            disk.remove(record.address());
            disk.put(record.address(), record);
        }
        server.saved();
    }

    private DhcpPacket packet(int what) {
        int who = next();
        IpAddress wanted = IpAddress.ofV4(FIRST + (next() & 3));
        DhcpType type = DhcpType.of(1 + what % 8).orElse(DhcpType.REQUEST);
        DhcpOptions.Builder options = DhcpOptions.builder().set8(OptionCode.MESSAGE_TYPE, type.code());
        if ((what & 8) != 0) options.setAddress(OptionCode.REQUESTED_ADDRESS, wanted);
        if ((what & 16) != 0) options.setAddress(OptionCode.SERVER_ID, (who & 64) == 0 ? US : wanted);
        if ((who & 32) != 0) options.set(OptionCode.CLIENT_ID, (byte) 0, (byte) (who & 1));
        if ((who & 128) != 0) more(options);
        byte[] mac = {0x52, 0x54, 0, 0x77, 0, (byte) (who & 3)};
        IpAddress none = IpAddress.ANY_V4;
        return new DhcpPacket(
                false,
                0,
                next(),
                0,
                (who & 4) != 0,
                (what & 32) != 0 ? wanted : none,
                none,
                none,
                (who & 24) == 24 ? IpAddress.literal("10.77.0.9") : none,
                MacAddress.at(mac, 0),
                "",
                "",
                options.build());
    }

    /// Options that came from the input, where they are not those above.
    private void more(DhcpOptions.Builder options) {
        int length = Math.min(BigEndian.u8(new byte[] {(byte) next()}, 0), data.length - at);
        DhcpOptions read = DhcpOptions.decode(Arrays.copyOfRange(data, at, at + length));
        at += length;
        for (int code : read.codes()) {
            boolean set = code == OptionCode.MESSAGE_TYPE
                    || code == OptionCode.CLIENT_ID
                    || code == OptionCode.SERVER_ID
                    || code == OptionCode.REQUESTED_ADDRESS;
            if (!set) options.set(code, read.bytes(code));
        }
    }

    private int next() {
        return at < data.length ? data[at++] & 0xff : 0;
    }

    private Moment now() {
        return new Moment(1_795_000_000L * SECOND + nanos, nanos);
    }

    private static void check(boolean holds, String broken) {
        if (!holds) throw new AssertionError(broken);
    }
}
