package org.ekicho.daemon.mirror.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process that publishes, promotes, rolls back and collects, at random moments. `-Dekicho.kills=200` does so
/// more often, `-Dekicho.seed=N` repeats the moments as far as the machine lets one.
class KillTest {
    private static final int KILLS = Integer.getInteger("ekicho.kills", 12);
    private static final long SEED = Long.getLong("ekicho.seed", 20_261_127L);
    /// A step takes about a millisecond or ten, so that most kills are in the middle of one.
    private static final int LONGEST_LIFE_MILLIS = 150;

    @TempDir
    private Path root;

    @Test
    void whenever_it_is_killed_everything_served_is_whole_and_the_next_run_works() throws Exception {
        System.out.println("seed " + SEED);
        Random dice = new Random(SEED);
        Checker checker = new Checker(root);
        int switched = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            liveAndDie(dice);
            checker.everythingServedIsWhole();
            MirrorFolder folder = MirrorFolder.open(root, Victim.settings(root));
            checker.nothingIsLeftOver();
            Victim next = new Victim(folder, new Random(dice.nextLong()));
            for (int step = 0; step < 3; step++) {
                next.step();
            }
            checker.everythingServedIsWhole();
            checker.nothingIsLeftOver();
            switched = folder.channels()
                    .current(Victim.TEST)
                    .map(state -> state.number())
                    .orElse(0);
        }
        assertThat(switched).as("states of the channel").isGreaterThan(KILLS);
    }

    private void liveAndDie(Random dice) throws IOException, InterruptedException {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        root.toString(),
                        String.valueOf(dice.nextLong()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(victim.getInputStream(), UTF_8))) {
            assertThat(out.readLine()).as("the victim opened the folder").isEqualTo("ready");
            boolean ended = victim.waitFor(dice.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS);
            assertThat(ended).as("it ended by itself").isFalse();
        } finally {
            victim.destroyForcibly().waitFor();
        }
    }
}
