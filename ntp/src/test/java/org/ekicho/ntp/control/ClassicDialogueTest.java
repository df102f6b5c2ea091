package org.ekicho.ntp.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ekicho.ntp.control.SampleViews.NOW;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ekicho.ntp.control.Dialogue.Turn;
import org.ekicho.ntp.control.VariableNames.Item;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.ntp.view.TimeView;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.Moment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Recorded queries of real ntpq, put to our server.
class ClassicDialogueTest {
    /// Of these the recorded program has a fixed local clock, with its own association id.
    private static final int RECORDED_ID = 0xe469;

    private final ControlServer server = new ControlServer(
            TimeSettings.minimal(), new ControlIdentity("ekicho 0.1.0", "x86_64", "Linux/6.12.0"), new byte[16]);
    private final TimeView view =
            SampleViews.view(NOW, SampleViews.following(NOW).state(), 1, List.of(SampleViews.localClock(NOW)));

    static Stream<Turn> answered() {
        return Dialogue.read("classic.txt").turns().stream().filter(turn -> !isClientList(turn));
    }

    @ParameterizedTest
    @MethodSource("answered")
    void tells_every_variable_that_classic_tells(Turn turn) {
        List<ControlPacket> theirs = decode(turn.replyBytes());
        List<ControlPacket> ours = answer(turn.queryBytes());
        assertThat(ours.getFirst().error()).isFalse();
        assertThat(ours.getFirst().version()).isEqualTo(theirs.getFirst().version());
        assertThat(ours.getFirst().sequence()).isEqualTo(theirs.getFirst().sequence());
        if (turn.queryBytes()[1] != ControlOpcode.READ_STATUS.code()) {
            assertThat(names(ours)).containsAll(names(theirs));
        } else {
            assertThat(ours.getFirst().data()).hasSize(theirs.getFirst().data().length());
        }
    }

    static Stream<Turn> ofNtpsec() {
        return Dialogue.read("ntpsec.txt").turns().stream().filter(turn -> !isClientList(turn));
    }

    @ParameterizedTest
    @MethodSource("ofNtpsec")
    void knows_every_variable_that_ntpsec_asks_for(Turn turn) {
        assertThat(answer(turn.queryBytes())).noneMatch(ControlPacket::error);
    }

    private static boolean isClientList(Turn turn) {
        return turn.queryBytes()[1] == ControlOpcode.READ_MRU.code();
    }

    private List<ControlPacket> answer(byte[] query) {
        Datagram datagram = new Datagram().payload(withOurId(query)).peer(IpAddress.LOOPBACK_V4, 40_000);
        return switch (server.answer(datagram, SampleViews.facts(view, List.of()), new Moment(NOW, 0))) {
            case ControlAction.Drop(var reason) -> throw new AssertionError("dropped: " + reason);
            case ControlAction.Replies(var fragments, var reason) -> {
                assertThat(reason).isNotNull();
                yield decode(fragments.stream().map(Datagram::toPayload).toList());
            }
        };
    }

    private static byte[] withOurId(byte[] query) {
        byte[] changed = query.clone();
        if (((changed[6] & 0xff) << 8 | (changed[7] & 0xff)) == RECORDED_ID) {
            changed[6] = 0;
            changed[7] = 1;
        }
        return changed;
    }

    private static List<ControlPacket> decode(List<byte[]> fragments) {
        List<ControlPacket> packets = new ArrayList<>();
        for (byte[] fragment : fragments) {
            packets.add(ControlCodec.decode(fragment, fragment.length).orElseThrow());
        }
        return packets;
    }

    private static List<String> names(List<ControlPacket> fragments) {
        StringBuilder text = new StringBuilder();
        fragments.forEach(fragment -> text.append(fragment.data()));
        return VariableNames.parse(text.toString()).orElseThrow().stream()
                .map(Item::name)
                .toList();
    }
}
