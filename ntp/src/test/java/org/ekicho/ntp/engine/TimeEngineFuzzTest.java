package org.ekicho.ntp.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.SplittableRandom;
import org.ekicho.ntp.packet.NtpPacket;
import org.junit.jupiter.api.Test;

class TimeEngineFuzzTest {
    private static final int STORIES = 300;
    private static final int EVENTS = 60;
    private static final int EVENT = 4 + NtpPacket.HEADER;

    @Test
    void no_story_breaks_an_invariant() {
        SplittableRandom dice = new SplittableRandom(11);
        for (int i = 0; i < STORIES; i++) {
            TimeEngineFuzz.fuzzerTestOneInput(story(dice));
        }
    }

    /// Stories that once did.
    @Test
    void what_was_found_stays_mended() throws IOException {
        try (InputStream found = TimeEngineFuzzTest.class.getResourceAsStream("/golden/engine/ringing-timer.bin")) {
            TimeEngineFuzz.fuzzerTestOneInput(Objects.requireNonNull(found).readAllBytes());
        }
    }

    /// Mostly packets that a real server might send.
    private static byte[] story(SplittableRandom dice) {
        byte[] story = new byte[EVENTS * EVENT];
        dice.nextBytes(story);
        for (int at = 0; at < story.length; at += EVENT) {
            if (dice.nextInt(8) != 0) {
                story[at] &= 3;
                story[at + 2] = (byte) dice.nextInt(-1, 1);
                story[at + 4] &= 0x3f;
                story[at + 5] = (byte) dice.nextInt(0, 17);
                story[at + 6] = (byte) dice.nextInt(2, 5);
                for (int i = NtpPacket.ROOT_DELAY; i < NtpPacket.REFERENCE_ID; i += 4) {
                    story[at + 4 + i] = 0;
                    story[at + 5 + i] = 0;
                }
            }
        }
        return story;
    }
}
