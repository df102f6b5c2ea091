package org.ekicho.daemon.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ekicho.ntp.boundary.ReplayFloor;
import org.ekicho.ntp.boundary.SavedState;
import org.ekicho.wire.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFilesTest {
    private static final ReplayFloor OLD =
            new ReplayFloor(IpAddress.literal("192.168.55.1"), 10, 0xe900_0000_0000_0001L);
    private static final ReplayFloor NEW =
            new ReplayFloor(IpAddress.literal("192.168.55.1"), 10, 0xe900_0001_0000_0002L);
    private static final ReplayFloor OTHER = new ReplayFloor(IpAddress.literal("fd00::7"), -1, 3);

    @TempDir
    Path folder;

    private StateFiles files() {
        return new StateFiles(folder.resolve("drift"), folder.resolve("made/floors"));
    }

    @Test
    void what_was_kept_is_there_after_a_restart_and_the_newest_counts() {
        try (StateFiles files = files()) {
            files.keepDrift(-17.25);
            files.keepFloor(OLD);
            files.keepFloor(OTHER);
            files.keepFloor(NEW);
        }
        try (StateFiles files = files()) {
            SavedState saved = files.load();
            assertThat(saved.driftPpm()).hasValue(-17.25);
            assertThat(saved.floors()).containsExactlyInAnyOrder(NEW, OTHER);
        }
    }

    @Test
    void a_floor_of_an_earlier_run_survives_a_new_one_of_another_sender() {
        try (StateFiles files = files()) {
            files.keepFloor(OLD);
        }
        try (StateFiles files = files()) {
            files.load();
            files.keepFloor(OTHER);
        }
        try (StateFiles files = files()) {
            assertThat(files.load().floors()).containsExactlyInAnyOrder(OLD, OTHER);
        }
    }

    @Test
    void the_drift_file_of_classic_ntpd_is_read() throws IOException {
        Files.writeString(folder.resolve("drift"), "-23.456\n");
        try (StateFiles files = files()) {
            assertThat(files.load().driftPpm()).hasValue(-23.456);
        }
    }

    @Test
    void lines_that_are_none_of_ours_are_passed_over() throws IOException {
        Files.writeString(folder.resolve("drift"), "fast\n");
        Files.createDirectories(folder.resolve("made"));
        Files.writeString(
                folder.resolve("made/floors"),
                "\n1.2.3 x y\n192.168.55.1 10 zz\nfd00::7 4294967295 0000000000000003\n");
        try (StateFiles files = files()) {
            assertThat(files.load())
                    .isEqualTo(new SavedState(java.util.OptionalDouble.empty(), java.util.List.of(OTHER)));
        }
    }

    @Test
    void a_disk_that_refuses_stops_nothing() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        try (StateFiles files = new StateFiles(file.resolve("drift"), file.resolve("floors"))) {
            files.keepDrift(1);
            files.keepFloor(OLD);
            assertThat(files.load().floors()).contains(OLD);
        }
    }
}
