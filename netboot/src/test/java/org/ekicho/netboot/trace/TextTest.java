package org.ekicho.netboot.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.ekicho.netboot.client.ClientArch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is read from names and first bytes, and what is printed.
final class TextTest {
    @ParameterizedTest
    @CsvSource({
        "ipxe/snponly.efi, LOADER", "\\Boot\\x64\\WDSNBP.0, LOADER", "/boot/script.ipxe?mac=1, SCRIPT",
        "pxelinux.cfg/01-52-54-00-12-34-56, SCRIPT", "grub/grub.cfg, SCRIPT", "images/pxeboot/vmlinuz, KERNEL",
        "debian-installer/amd64/linux, KERNEL", "images/pxeboot/initrd.img, INITRD", "initrd.gz, INITRD",
        "/tree/.treeinfo, SOURCE", "/tree/images/install.img, SOURCE", "/answer/0a1b/ks.cfg, ANSWER",
        "/preseed.cfg, ANSWER", "/nocloud/user-data, ANSWER", "/repo/repodata/repomd.xml, PACKAGES",
        "/debian/dists/stable/Release, PACKAGES", "/x/Packages/bash-5.rpm, PACKAGES", "/readme.txt, OTHER"
    })
    void a_file_is_known_by_its_name(String path, FileRole role) {
        assertThat(FileRole.of(path)).isEqualTo(role);
    }

    @ParameterizedTest
    @CsvSource({
        "pxelinux.cfg/C0A8, true", "grub/x86_64-efi/command.lst, true", "/tree/images/updates.img, true",
        "revocations_sbat.efi, true", "shim_certificate_0.efi, true", "/tree/images/install.img, false",
        "ipxe/snponly.efi, false", "/answer/1/ks.cfg, false"
    })
    void what_is_always_asked_for_may_be_missing(String path, boolean may) {
        assertThat(FileRole.mayBeMissing(path)).isEqualTo(may);
    }

    @Test
    void a_program_tells_its_machine_and_whether_it_is_signed() {
        assertThat(BootProgram.read(portable(0x8664, 0)))
                .contains(new BootProgram(Optional.of(ClientArch.EFI_X64), false));
        assertThat(BootProgram.read(portable(0xaa64, 4096)))
                .contains(new BootProgram(Optional.of(ClientArch.EFI_ARM64), true));
        assertThat(BootProgram.read(new byte[] {(byte) 0xea, 5, 0, 0})).contains(BootProgram.NOT_UEFI);
        assertThat(BootProgram.read(new byte[] {'M', 'Z', 0})).isEmpty();
        assertThat(BootProgram.read(new byte[0])).isEmpty();
    }

    /// The headers of an UEFI program of 64 bits (PE32+).
    private static byte[] portable(int machine, int signature) {
        byte[] head = new byte[BootProgram.HEAD];
        head[0] = 'M';
        head[1] = 'Z';
        head[0x3c] = (byte) 0x80;
        head[0x80] = 'P';
        head[0x81] = 'E';
        head[0x84] = (byte) machine;
        head[0x85] = (byte) (machine >> 8);
        head[0x98] = 0x0b;
        head[0x99] = 0x02;
        int size = 0x98 + 112 + 4 * 8 + 4;
        head[size] = (byte) signature;
        head[size + 1] = (byte) (signature >> 8);
        return head;
    }

    @Test
    void text_of_a_packet_cannot_steer_a_terminal() {
        assertThat(Printable.cut("a\u001b[2J\nb\u202ec")).isEqualTo("a?[2J?b?c");
        assertThat(Printable.cut("x".repeat(300))).hasSize(255).endsWith("…");
    }

    @Test
    void numbers_are_told_in_words() {
        assertThat(Words.time(12_345_678)).isEqualTo("0.01 s");
        assertThat(Words.time(13_131_000_000L)).isEqualTo("13.1 s");
        assertThat(Words.time(125_000_000_000L)).isEqualTo("2 min 5 s");
        assertThat(Words.bytes(999)).isEqualTo("999 bytes");
        assertThat(Words.bytes(173_792)).isEqualTo("173.8 kB");
        assertThat(Words.times(2)).isEqualTo("twice");
    }

    @Test
    void the_last_line_of_a_failed_attempt_offers_a_medium() {
        Story story = Stories.of(BootVerdict.TFTP_ANSWERS_LOST);
        String text =
                TraceText.format(TraceView.latest(story.trace(), story.now()).orElseThrow());
        assertThat(text.lines().toList().getLast())
                .isEqualTo("or boot it from a medium made for it:"
                        + " ekicho boot media --machine 52:54:00:12:34:56 -o 52-54-00-12-34-56.iso");
        assertThat(text).contains("\nFAILED: It asked for \"ipxe/snponly.efi\" 6 times");
    }

    @Test
    void an_install_order_stands_above_the_steps() {
        Story story = new Story().order(OrderChange.ARMED).discover();
        assertThat(TraceText.format(TraceView.latest(story.trace(), story.now()).orElseThrow()))
                .contains("attempt 1\ninstall order for profile el9: armed by anna\n    0.00 s");
    }

    @Test
    void columns_are_aligned() {
        Story story = new Story().toPackages();
        String text =
                TraceText.format(TraceView.latest(story.trace(), story.now()).orElseThrow());
        int column = text.lines().skip(1).findFirst().orElseThrow().lastIndexOf("ok");
        assertThat(text.lines().skip(1).takeWhile(line -> !line.isEmpty()))
                .allSatisfy(line -> assertThat(line.substring(column)).matches("(ok|expected|slow|FAILED).*"));
    }

    @Test
    void a_line_says_where_it_is() {
        Story story = new Story().toLoader();
        assertThat(TraceText.line(TraceView.latest(story.trace(), story.now()).orElseThrow()))
                .startsWith("52:54:00:12:34:56")
                .contains("loader")
                .contains("going on")
                .contains("confirms 192.168.55.20");
    }
}
