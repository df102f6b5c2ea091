package org.ekicho.netboot.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.netboot.client.ClientArch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Each verdict, from a story of what the server would see.
final class DiagnosisTest {
    private static final String PROGRAM = Stories.PROGRAM;

    @ParameterizedTest
    @EnumSource(BootVerdict.class)
    void each_verdict_has_its_story(BootVerdict verdict) {
        Diagnosis diagnosis = Stories.of(verdict).verdict();
        assertThat(diagnosis.verdict()).as(diagnosis.sentence()).isEqualTo(verdict);
        Outcome expected = switch (verdict) {
            case BOOTED, BOOTED_SLOW, INSTALLED -> Outcome.BOOTED;
            case GOING_ON -> Outcome.GOING_ON;
            case LEFT_TO_DISK, NOT_ANSWERED -> Outcome.LEFT_ALONE;
            default -> Outcome.FAILED;
        };
        assertThat(diagnosis.outcome()).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(BootVerdict.class)
    void each_sentence_and_command_is_filled_in(BootVerdict verdict) {
        Diagnosis diagnosis = Stories.of(verdict).verdict();
        assertThat(diagnosis.sentence())
                .doesNotContain("{")
                .doesNotContain("unknown")
                .endsWith(".");
        assertThat(diagnosis.command()).doesNotContain("{").isNotBlank();
    }

    @Test
    void the_facts_are_those_of_the_story() {
        assertThat(sentence(BootVerdict.WRONG_NEXT_SERVER))
                .contains("192.168.55.99")
                .contains("192.168.55.2");
        assertThat(sentence(BootVerdict.FILE_MISSING))
                .contains("\"ipxe/snponyl.efi\"")
                .contains("\"" + PROGRAM + "\"");
        assertThat(sentence(BootVerdict.OTHER_DHCP_WON)).contains("192.168.55.2");
        assertThat(sentence(BootVerdict.PORT_4011_CLOSED))
                .contains("192.168.55.1")
                .contains("4 times");
        assertThat(sentence(BootVerdict.WRONG_ARCHITECTURE))
                .contains("a BIOS program")
                .contains("x64 UEFI");
        assertThat(sentence(BootVerdict.RAM_TOO_SMALL)).contains("512 MB").contains("1064 MB");
        assertThat(sentence(BootVerdict.FULL_BLOCKS_LOST)).contains("1468");
        assertThat(sentence(BootVerdict.BOOTED_SLOW)).contains("about 14 s").contains("router advertisement");
    }

    private static String sentence(BootVerdict verdict) {
        return Stories.of(verdict).verdict().sentence();
    }

    @Test
    void a_medium_is_offered_where_the_way_to_the_loader_failed_and_only_there() {
        Set<BootVerdict> offered = EnumSet.noneOf(BootVerdict.class);
        for (BootVerdict verdict : BootVerdict.values()) {
            Stories.of(verdict).verdict().medium().ifPresent(command -> {
                assertThat(command).isEqualTo("ekicho boot media --machine 52:54:00:12:34:56 -o 52-54-00-12-34-56.iso");
                offered.add(verdict);
            });
        }
        assertThat(offered)
                .contains(BootVerdict.TFTP_ANSWERS_LOST, BootVerdict.NO_ANSWER, BootVerdict.LOADER_NEVER_CAME)
                .doesNotContain(BootVerdict.BOOTED, BootVerdict.ANSWER_MISSING, BootVerdict.LEFT_TO_DISK);
    }

    static Stream<BootVerdict> firmwareFailures() {
        return Stream.of(BootVerdict.values()).filter(verdict -> verdict.isFailure() && verdict.depth() <= 5);
    }

    /// UEFI goes on to HTTP Boot after any failure of PXE: then what failed is told, and that it booted.
    @ParameterizedTest
    @MethodSource("firmwareFailures")
    void verdicts_never_contradict_a_boot_that_worked(BootVerdict verdict) {
        Story story = Stories.of(verdict)
                .nextTry(BootStage.HTTP_ROM)
                .as(BootStage.HTTP_ROM, ClientArch.HTTP_X64)
                .toPackages();
        Diagnosis diagnosis = story.verdict();
        assertThat(diagnosis.outcome()).as(diagnosis.sentence()).isEqualTo(Outcome.BOOTED);
        assertThat(diagnosis.medium()).isEmpty();
        if (story.trace().attempts().size() == 1) {
            assertThat(diagnosis.verdict()).isEqualTo(verdict);
            assertThat(diagnosis.sentence()).endsWith("and booted.");
        }
    }

    @Test
    void what_always_looks_bad_spoils_no_boot() {
        Story story = new Story()
                .address("shim.efi")
                .tftp("shim.efi")
                .rrq("revocations.efi")
                .end("revocations.efi", TftpOutcome.NOT_FOUND, TftpCount.NONE, 1)
                .rrq("grubx64.efi")
                .options(512)
                .after(1)
                .end("grubx64.efi", TftpOutcome.COMPLETE, new TftpCount(3000, 3000, 2, 0), -1)
                .rrq("grub/grub.cfg-01-52-54-00-12-34-56")
                .end("grub/grub.cfg-01-52-54-00-12-34-56", TftpOutcome.NOT_FOUND, TftpCount.NONE, 1)
                .rrq("grub/grub.cfg")
                .end("grub/grub.cfg", TftpOutcome.COMPLETE, new TftpCount(2, 2, 0, 0), -1)
                .rrq("vmlinuz")
                .after(3)
                .end("vmlinuz", TftpOutcome.COMPLETE, new TftpCount(9000, 9000, 9, 0), -1)
                .after(20)
                .http("curl", "/tree/.treeinfo", 200, 900)
                .http("curl", "/tree/images/updates.img", 404, 0)
                .http("curl", "/tree/images/product.img", 404, 0)
                .http("curl", "/answer/1/ks.cfg", 200, 900);
        assertThat(story.verdict().verdict()).isEqualTo(BootVerdict.BOOTED);
        assertThat(StepWriter.write(story.trace().latest().orElseThrow()))
                .extracting(TraceStep::grade)
                .contains(Grade.EXPECTED)
                .doesNotContain(Grade.FAILED);
    }

    @Test
    void nothing_is_called_a_failure_before_its_time() {
        assertThat(new Story().address(PROGRAM).after(5).verdict().outcome()).isEqualTo(Outcome.GOING_ON);
        assertThat(new Story()
                        .address(PROGRAM)
                        .tftp(PROGRAM)
                        .after(10)
                        .verdict()
                        .outcome())
                .isEqualTo(Outcome.GOING_ON);
        assertThat(new Story().toLoader().after(20).verdict().outcome()).isEqualTo(Outcome.GOING_ON);
        assertThat(new Story().toKernel().after(60).verdict().outcome()).isEqualTo(Outcome.BOOTED);
    }

    @Test
    void a_missing_file_of_HTTP_Boot_is_named() {
        Story story = new Story()
                .as(BootStage.HTTP_ROM, ClientArch.HTTP_X64)
                .address("http://192.168.55.1/boot/no.efi")
                .http("UefiHttpBoot/1.0", "/boot/no.efi", 404, 0);
        assertThat(story.verdict().sentence()).isEqualTo("The file \"/boot/no.efi\" does not exist in the boot index.");
    }

    @Test
    void beside_a_foreign_DHCP_server_our_unheeded_boot_offer_is_what_counts() {
        Story story = new Story()
                .discover()
                .bootOffer()
                .offer(Whose.OTHER, "")
                .after(4)
                .request(Story.OTHER)
                .after(30);
        assertThat(story.verdict().verdict()).isEqualTo(BootVerdict.OFFER_IGNORED);
    }

    @Test
    void a_first_question_that_comes_late_tells_of_spanning_tree() {
        Story story = new Story().secs(31).toKernel();
        assertThat(story.verdict().verdict()).isEqualTo(BootVerdict.BOOTED_SLOW);
        assertThat(story.verdict().sentence()).contains("after 31 s of asking: spanning tree");
    }

    @Test
    void a_lossy_transfer_that_came_whole_makes_a_boot_slow() {
        Story story = new Story()
                .address("vmlinuz")
                .rrq("vmlinuz")
                .options(1468)
                .after(40)
                .end("vmlinuz", TftpOutcome.COMPLETE, new TftpCount(8000, 8000, 400, 3), -1);
        assertThat(story.verdict().verdict()).isEqualTo(BootVerdict.BOOTED_SLOW);
        assertThat(story.verdict().sentence()).contains("400 of 8000 blocks were sent again");
        assertThat(StepWriter.write(story.trace().latest().orElseThrow()))
                .extracting(TraceStep::grade)
                .contains(Grade.SLOW);
    }

    /// The firmware gives up after 24 s; we may take longer to see that nobody is there.
    @Test
    void the_end_of_a_transfer_counts_for_the_try_that_began_it() {
        Story story = new Story()
                .address(PROGRAM)
                .rrq(PROGRAM)
                .options(1468)
                .after(24)
                .nextTry(BootStage.HTTP_ROM)
                .discover()
                .after(2)
                .end(PROGRAM, TftpOutcome.SILENCE, new TftpCount(4, 0, 20, 1), -1)
                .after(2);
        assertThat(story.verdict().verdict()).isEqualTo(BootVerdict.FULL_BLOCKS_LOST);
        assertThat(story.verdict().outcome()).isEqualTo(Outcome.GOING_ON);
    }

    @Test
    void a_later_failure_hides_no_fault_of_the_way() {
        Story story = new Story()
                .address(PROGRAM)
                .rrq(PROGRAM)
                .options(1468)
                .after(24)
                .end(PROGRAM, TftpOutcome.SILENCE, new TftpCount(4, 0, 20, 5), -1)
                .nextTry(BootStage.HTTP_ROM)
                .address("http://192.168.55.1/boot/loader/ipxe/snponly.efi")
                .http("UefiHttpBoot/1.0", "/boot/loader/ipxe/snponly.efi", 200, 173_800)
                .after(2)
                .as(BootStage.IPXE, ClientArch.EFI_X64)
                .address("http://192.168.55.1/boot/script.ipxe")
                .toKernelOnly()
                .after(600);
        assertThat(story.verdict().verdict()).isEqualTo(BootVerdict.INSTALLER_NEVER_CAME);
        assertThat(story.verdict().ofWay()).isEqualTo(BootVerdict.FULL_BLOCKS_LOST);
    }

    @Test
    void a_server_that_answers_DHCP_is_no_wrong_next_server() {
        Story story = new Story().address(PROGRAM).arp(Story.US, 18).after(30);
        assertThat(story.verdict().verdict()).isEqualTo(BootVerdict.OFFER_IGNORED);
    }

    @Test
    void a_program_for_another_machine_that_hangs_it_is_told_as_such() {
        Story story = new Story()
                .as(BootStage.PXE_ROM, ClientArch.BIOS)
                .address(PROGRAM)
                .tftp(PROGRAM, Optional.of(new BootProgram(Optional.of(ClientArch.EFI_X64), true)))
                .after(60);
        assertThat(story.verdict().sentence()).contains("a program for x64 UEFI, signed, and the machine is x86 BIOS");
    }

    @Test
    void a_new_order_after_an_installation_is_no_restart() {
        Story story = new Story()
                .toPackages()
                .report("done")
                .order(OrderChange.ARMED)
                .powerOn()
                .toPackages();
        assertThat(story.verdict().verdict()).isEqualTo(BootVerdict.BOOTED);
    }
}
