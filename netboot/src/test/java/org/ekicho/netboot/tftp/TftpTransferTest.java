package org.ekicho.netboot.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.Moment;
import org.junit.jupiter.api.Test;

class TftpTransferTest {
    private static final long MS = 1_000_000;
    private static final IpAddress CLIENT = IpAddress.literal("10.77.3.17");

    private TftpTerms terms = TftpTerms.GENEROUS;
    private TftpSettings settings = TftpSettings.USUAL;
    private long size = 173_792;
    private TftpServer server = new TftpServer(settings, client -> terms, BootIndex.EMPTY);
    /// The one that [#ask] began last.
    private TftpTransfer transfer = new TftpTransfer(
            new Endpoint(CLIENT, 1),
            CLIENT,
            0,
            new TftpPacket.Read("", "octet", List.of()),
            new BootFile("none", 0, ""),
            terms,
            settings,
            new Moment(0, 0));
    private long now;

    private static Datagram from(int port, byte[] bytes) {
        return new Datagram().payload(bytes).peer(CLIENT, port).local(IpAddress.literal("10.77.0.1"), 2);
    }

    private TftpStep ask(byte[] request) {
        BootIndex index = new BootIndex(List.of(new BootFile("snponly.efi", size, "")));
        server = new TftpServer(settings, client -> terms, index);
        TftpAction action = server.answer(from(1073, request), new Moment(now, now));
        assertThat(action).isInstanceOf(TftpAction.Start.class);
        transfer = ((TftpAction.Start) action).transfer();
        return transfer.begin(now);
    }

    private TftpStep ask(TftpOption... options) {
        return ask(TftpCodec.encode(new TftpPacket.Read("snponly.efi", "octet", List.of(options))));
    }

    private TftpStep say(TftpPacket packet) {
        return server.deliver(transfer, from(1073, TftpCodec.encode(packet)), now);
    }

    private TftpStep ack(int block) {
        return say(new TftpPacket.Ack(block));
    }

    private static TftpStep blocks(long first, int count) {
        return new TftpStep.Blocks(first, count);
    }

    private static TftpStep options(String... pairs) {
        List<TftpOption> options = new ArrayList<>();
        for (String pair : pairs) {
            options.add(new TftpOption(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1)));
        }
        return new TftpStep.Packet(new TftpPacket.OptionAck(options));
    }

    private static void endsWith(TftpStep step, TftpReason reason) {
        assertThat(step)
                .isInstanceOfSatisfying(
                        TftpStep.End.class, end -> assertThat(end.reason()).isEqualTo(reason));
    }

    @Test
    void a_size_probe_of_real_firmware_is_understood_and_the_file_follows() {
        List<byte[]> sent = GoldenPackets.sentByClient("b-uefi-full-tcg");
        assertThat(ask(sent.get(0))).isEqualTo(options("tsize=173792", "blksize=1468", "windowsize=4"));
        endsWith(server.deliver(transfer, from(1073, sent.get(1)), now), TftpReason.PROBED);
        assertThat(transfer.report().detail()).isEqualTo("error 8: User aborted the transfer");
        assertThat(server.transfers()).isEmpty();
        assertThat(ask(sent.get(2))).isEqualTo(options("blksize=1468", "windowsize=4"));
        assertThat(ack(0)).isEqualTo(blocks(1, 4));
        assertThat(ack(4)).isEqualTo(blocks(5, 4));
    }

    @Test
    void blocks_that_never_arrive_are_told_from_an_answer_that_never_arrives() {
        List<byte[]> sent = GoldenPackets.sentByClient("f-uefi-mtu");
        ask(sent.get(2));
        assertThat(server.deliver(transfer, from(1073, sent.get(3)), now)).isEqualTo(blocks(1, 4));
        for (int i = 4; i < sent.size(); i++) {
            assertThat(server.deliver(transfer, from(1073, sent.get(i)), now)).isEqualTo(TftpStep.WAIT);
        }
        endsWith(giveUp(), TftpReason.BLOCKS_LOST);
        assertThat(transfer.report().duplicates()).isEqualTo(5);
    }

    @Test
    void an_answer_that_never_arrives_and_requests_that_repeat_are_one_transfer() {
        List<byte[]> sent = GoldenPackets.sentByClient("f-uefi-tid");
        ask(sent.get(0));
        for (int i = 1; i < 6; i++) {
            now += 4000 * MS;
            assertThat(server.answer(from(1073, sent.get(i)), new Moment(now, now)))
                    .isEqualTo(new TftpAction.Continue(transfer, TftpStep.WAIT));
        }
        endsWith(giveUp(), TftpReason.NO_ANSWER);
        assertThat(transfer.report().requests()).isEqualTo(6);
    }

    /// Lets every deadline pass; what is sent meanwhile is lost.
    private TftpStep giveUp() {
        for (int resends = 0; resends <= settings.retries(); resends++) {
            now = Math.max(now, transfer.deadline());
            TftpStep step = transfer.advance(now);
            if (step instanceof TftpStep.End) {
                assertThat(resends).isEqualTo(settings.retries());
                return step;
            }
            assertThat(step).isNotEqualTo(TftpStep.WAIT);
        }
        throw new AssertionError("it never gives up");
    }

    @Test
    void without_options_the_first_block_comes_at_once() {
        assertThat(ask()).isEqualTo(blocks(1, 1));
        assertThat(transfer.blockSize()).isEqualTo(512);
        assertThat(ack(1)).isEqualTo(blocks(2, 1));
    }

    @Test
    void options_are_granted_within_the_terms_and_unknown_ones_left_away() {
        terms = TftpTerms.GENEROUS.withLargestBlock(1408).withLargestWindow(1);
        assertThat(ask(
                        new TftpOption("WindowSize", "16"),
                        new TftpOption("multicast", ""),
                        new TftpOption("BLKSIZE", "8192"),
                        new TftpOption("timeout", "3"),
                        new TftpOption("tsize", "0")))
                .isEqualTo(options("windowsize=1", "blksize=1408", "timeout=3", "tsize=173792"));
    }

    @Test
    void values_out_of_range_are_not_answered() {
        assertThat(ask(
                        new TftpOption("windowsize", "0"),
                        new TftpOption("blksize", "7"),
                        new TftpOption("timeout", "256"),
                        new TftpOption("tsize", "-1")))
                .isEqualTo(blocks(1, 1));
    }

    @Test
    void terms_without_options_answer_as_a_server_that_knows_none() {
        terms = TftpTerms.GENEROUS.ignoringOptions();
        assertThat(ask(new TftpOption("blksize", "1468"))).isEqualTo(blocks(1, 1));
        assertThat(transfer.blockSize()).isEqualTo(512);
    }

    @Test
    void a_second_acknowledgement_of_the_same_block_sends_nothing() {
        ask();
        assertThat(ack(1)).isEqualTo(blocks(2, 1));
        assertThat(ack(1)).isEqualTo(TftpStep.WAIT);
        assertThat(ack(0)).isEqualTo(TftpStep.WAIT);
        assertThat(ack(7)).isEqualTo(TftpStep.WAIT);
        assertThat(transfer.report().duplicates()).isEqualTo(3);
        assertThat(transfer.report().blocksSent()).isEqualTo(2);
    }

    @Test
    void an_acknowledgement_inside_of_the_window_goes_on_from_there() {
        ask(new TftpOption("windowsize", "8"));
        ack(0);
        assertThat(ack(8)).isEqualTo(blocks(9, 8));
        assertThat(ack(11)).isEqualTo(blocks(12, 8));
        assertThat(transfer.report().blocksResent()).isEqualTo(5);
    }

    @Test
    void a_time_out_sends_the_window_again_from_the_last_acknowledged_block() {
        ask(new TftpOption("windowsize", "4"));
        now += MS;
        ack(0);
        now += MS;
        ack(4);
        assertThat(transfer.advance(now + 49 * MS)).isEqualTo(TftpStep.WAIT);
        assertThat(transfer.advance(now + 50 * MS)).isEqualTo(blocks(5, 4));
        assertThat(transfer.advance(now + 500 * MS)).isEqualTo(TftpStep.WAIT);
        assertThat(transfer.advance(now + 550 * MS)).isEqualTo(blocks(5, 4));
        assertThat(transfer.report().blocksResent()).isEqualTo(8);
    }

    @Test
    void a_time_out_that_the_client_asked_for_is_never_exceeded() {
        ask(new TftpOption("timeout", "1"));
        for (int i = 0; i < 5; i++) {
            assertThat(transfer.deadline() - now).isEqualTo(1000 * MS);
            now = transfer.deadline();
            transfer.advance(now);
        }
    }

    @Test
    void a_file_of_whole_blocks_ends_with_an_empty_one() {
        size = 1024;
        ask();
        ack(1);
        assertThat(ack(2)).isEqualTo(blocks(3, 1));
        assertThat(transfer.length(3)).isZero();
        endsWith(ack(3), TftpReason.COMPLETE);
        assertThat(transfer.report().bytes()).isEqualTo(1024);
    }

    @Test
    void an_empty_file_is_one_empty_block() {
        size = 0;
        assertThat(ask()).isEqualTo(blocks(1, 1));
        assertThat(transfer.length(1)).isZero();
        endsWith(ack(1), TftpReason.COMPLETE);
    }

    @Test
    void block_numbers_roll_over_to_zero_or_one() {
        for (TftpSettings.RollOver rollOver : TftpSettings.RollOver.values()) {
            settings = TftpSettings.USUAL.withRollOver(rollOver);
            size = 8L * 200_000 + 3;
            ask(new TftpOption("blksize", "8"), new TftpOption("windowsize", "7"));
            TftpStep step = ack(0);
            int expected = 0;
            long seen = 0;
            while (step instanceof TftpStep.Blocks(long first, int count)) {
                int number = 0;
                for (long block = first; block < first + count; block++) {
                    number = transfer.number(block);
                    expected = expected == 0xffff ? rollOver.ordinal() : expected + 1;
                    assertThat(number).isEqualTo(expected);
                    seen++;
                }
                step = ack(number);
            }
            endsWith(step, TftpReason.COMPLETE);
            assertThat(seen).isEqualTo(200_001);
            assertThat(transfer.report().blocksResent()).isZero();
        }
    }

    @Test
    void a_client_that_cannot_count_past_65535_is_told_apart() {
        size = 8L * 200_000;
        ask(new TftpOption("blksize", "8"));
        for (int block = 0; block <= 0xffff; block++) ack(block);
        endsWith(giveUp(), TftpReason.ROLL_OVER);
    }

    @Test
    void acknowledgements_that_stop_in_the_middle_are_told() {
        ask();
        ack(1);
        ack(2);
        endsWith(giveUp(), TftpReason.LOST);
    }

    @Test
    void a_last_block_without_acknowledgement_is_a_good_end() {
        size = 600;
        ask();
        ack(1);
        endsWith(giveUp(), TftpReason.COMPLETE_UNCONFIRMED);
        ask();
        ack(1);
        endsWith(transfer.unreachable(), TftpReason.COMPLETE_UNCONFIRMED);
        ask();
        endsWith(transfer.unreachable(), TftpReason.CLIENT_GONE);
    }

    @Test
    void what_clients_say_when_they_stop_is_told() {
        TftpOption block = new TftpOption("blksize", "1468");
        ask(block);
        endsWith(say(new TftpPacket.Failure(8, "no")), TftpReason.CLIENT_REFUSED_OPTIONS);
        ask(block, new TftpOption("tsize", "0"));
        endsWith(say(new TftpPacket.Failure(0, "TFTP Aborted")), TftpReason.PROBED);
        ask();
        ack(1);
        endsWith(say(new TftpPacket.Failure(3, "")), TftpReason.CLIENT_FULL);
        ask();
        ack(1);
        endsWith(say(new TftpPacket.Failure(0, "bye")), TftpReason.CLIENT_STOPPED);
        assertThat(transfer.report().detail()).isEqualTo("error 0: bye");
    }

    @Test
    void a_packet_from_another_port_is_told_so_and_changes_nothing() {
        ask();
        TftpStep step = server.deliver(transfer, from(1074, TftpCodec.encode(new TftpPacket.Ack(1))), now);
        assertThat(step)
                .isInstanceOfSatisfying(
                        TftpStep.Stray.class,
                        stray -> assertThat(stray.packet().code()).isEqualTo(5));
        assertThat(server.deliver(transfer, from(1074, TftpCodec.encode(new TftpPacket.Failure(0, ""))), now))
                .isEqualTo(TftpStep.WAIT);
        assertThat(ack(1)).isEqualTo(blocks(2, 1));
    }

    @Test
    void what_only_a_server_sends_ends_the_transfer() {
        ask();
        endsWith(server.deliver(transfer, from(1073, new byte[] {0, 3, 0, 1, 9}), now), TftpReason.MALFORMED);
    }
}
