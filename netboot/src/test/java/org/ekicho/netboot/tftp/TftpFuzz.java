package org.ekicho.netboot.tftp;

import java.util.List;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.Moment;

/// Any bytes at all: nothing throws, what can be written is read again as it was, no first answer is longer
/// than a packet of 512 bytes and none answers an error; a name never leads to anything but what is in the
/// index; and a running transfer that gets them neither sends more than its window nor forgets what was
/// acknowledged.
public final class TftpFuzz {
    private static final IpAddress CLIENT = IpAddress.literal("10.0.0.9");
    private static final BootIndex INDEX =
            new BootIndex(List.of(new BootFile("ipxe/snponly.efi", 173_792, ""), new BootFile("a", 0, "")));

    private TftpFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        TftpPacket packet = TftpCodec.decode(data, data.length);
        codec(packet);
        if (packet instanceof TftpPacket.Read read) {
            TftpNames.Lookup lookup = TftpNames.find(read.file(), INDEX);
            check(
                    !(lookup instanceof TftpNames.Lookup.Found found)
                            || INDEX.names().contains(found.file().name()),
                    "a file from elsewhere");
            String plain = TftpNames.plain(read.file());
            check(TftpNames.plain(plain).equals(plain) || plain.contains(":"), "a plain name is not plain: " + plain);
        }
        if (data.length <= Datagram.CAPACITY) {
            asRequest(data);
            asAnswer(data);
        }
    }

    private static void codec(TftpPacket packet) {
        if (packet instanceof TftpPacket.Data || packet instanceof TftpPacket.Unfit) return;
        byte[] bytes = TftpCodec.encode(packet);
        TftpPacket again = TftpCodec.decode(bytes, bytes.length);
        // A line that was complete without its last zero may be longer than the limit with it.
        check(
                again.equals(packet) || bytes.length > TftpCodec.MAX_REQUEST,
                "written otherwise than read: " + packet + ", " + again);
    }

    private static Datagram from(byte[] data) {
        return new Datagram().payload(data).peer(CLIENT, 2070).local(IpAddress.literal("10.0.0.1"), 2);
    }

    private static void asRequest(byte[] data) {
        TftpServer server = new TftpServer(TftpSettings.USUAL, client -> TftpTerms.GENEROUS, INDEX);
        switch (server.answer(from(data), new Moment(0, 0))) {
            case TftpAction.Refuse refuse ->
                check(TftpCodec.encode(refuse.error()).length <= 512, "a refusal of more than a packet");
            case TftpAction.Start start -> check(sends(start.transfer().begin(0)), "a transfer that sends nothing");
            case TftpAction.Ignore ignored ->
                check(!(TftpCodec.decode(data, data.length) instanceof TftpPacket.Read), "a request without an answer");
            case TftpAction.Continue ignored -> throw new AssertionError("nothing is under way");
        }
    }

    private static boolean sends(TftpStep step) {
        return step instanceof TftpStep.Packet || (step instanceof TftpStep.Blocks blocks && blocks.count() == 1);
    }

    /// Every four bytes as an acknowledgement or whatever they are, and a time-out now and then.
    private static void asAnswer(byte[] data) {
        TftpServer server = new TftpServer(TftpSettings.USUAL, client -> TftpTerms.GENEROUS, INDEX);
        byte[] request = TftpCodec.encode(new TftpPacket.Read(
                "ipxe/snponly.efi",
                "octet",
                List.of(TftpOption.of(TftpOption.BLOCK_SIZE, 8), TftpOption.of(TftpOption.WINDOW_SIZE, 7))));
        if (!(server.answer(from(request), new Moment(0, 0)) instanceof TftpAction.Start start)) {
            throw new AssertionError("not begun");
        }
        TftpTransfer transfer = start.transfer();
        long now = 0;
        transfer.begin(now);
        long bytes = 0;
        for (int at = 0; at + 4 <= data.length; at += 4) {
            byte[] four = {data[at], data[at + 1], data[at + 2], data[at + 3]};
            now += 100_000_000L * (four[2] & 7);
            checkStep(server.deliver(transfer, from(four), now), transfer);
            checkStep(transfer.advance(now), transfer);
            long after = transfer.report().bytes();
            check(after >= bytes, "what was acknowledged was forgotten");
            bytes = after;
        }
    }

    private static void checkStep(TftpStep step, TftpTransfer transfer) {
        if (step instanceof TftpStep.Blocks blocks) {
            check(blocks.count() >= 1 && blocks.count() <= transfer.window(), "more than the window");
            long last = blocks.first() + blocks.count() - 1;
            check(transfer.length(last) >= 0 && transfer.length(last) <= 8, "a block of a wrong length");
        }
    }

    private static void check(boolean holds, String what) {
        if (!holds) throw new AssertionError(what);
    }
}
