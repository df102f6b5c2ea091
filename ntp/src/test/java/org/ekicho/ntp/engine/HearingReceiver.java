package org.ekicho.ntp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.ekicho.ntp.settings.ReceiverSettings;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.ntp.view.StrayView;
import org.ekicho.wire.IpAddress;

/// A receiver of keyed multicast and the one server that it hears.
class HearingReceiver {
    static final IpAddress SENDER = IpAddress.literal("192.168.55.1");

    final TestSettings settings = new TestSettings();
    final PretendServer server = new PretendServer();

    HearingReceiver() {
        settings.receiver = TestSettings.multicastClient();
    }

    DrivenEngine start() {
        return new DrivenEngine(settings.done());
    }

    static AssociationView association(DrivenEngine driven) {
        return driven.only(AssociationView.Kind.BROADCAST_RECEIVER);
    }

    static ReceiverSettings receiver(Duration startSpread, int maxSenders) {
        return new ReceiverSettings(
                false,
                List.of(TestSettings.GROUP),
                List.of(),
                true,
                ReceiverSettings.DEFAULT_DELAY,
                ReceiverSettings.DEFAULT_REMEASURE,
                startSpread,
                maxSenders);
    }

    static boolean isFollowing(DrivenEngine driven) {
        return driven.find(AssociationView.Kind.BROADCAST_RECEIVER).isPresent();
    }

    static StrayView stray(DrivenEngine driven) {
        assertThat(driven.view().lastStrays()).hasSize(1);
        return driven.view().lastStrays().getFirst();
    }
}
