package org.ekicho.netboot.trace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.netboot.client.ClientArch;
import org.ekicho.netboot.policy.BootReason;
import org.ekicho.netboot.policy.BootStep;
import org.ekicho.wire.IpAddress;

/// One story for each verdict: what the server sees when it is right.
final class Stories {
    private Stories() {}

    static final String PROGRAM = "ipxe/snponly.efi";
    private static final TftpCount NONE_ACKED = new TftpCount(0, -1, 5, 5);
    private static final BootProgram SIGNED_X64 = new BootProgram(Optional.of(ClientArch.EFI_X64), true);
    private static final BootProgram UNSIGNED_X64 = new BootProgram(Optional.of(ClientArch.EFI_X64), false);

    static final Map<BootVerdict, Supplier<Story>> STORIES = new LinkedHashMap<>();

    private static void tell(BootVerdict verdict, Supplier<Story> story) {
        STORIES.put(verdict, story);
    }

    static {
        tell(BootVerdict.BOOTED, () -> new Story().toPackages());
        tell(
                BootVerdict.BOOTED_SLOW,
                () -> new Story()
                        .toLoader()
                        .after(13.4)
                        .http("iPXE/1.0", "/boot/script.ipxe", 200, 900)
                        .http("iPXE/1.0", "/tree/vmlinuz", 200, 9_000_000));
        tell(
                BootVerdict.INSTALLED,
                () -> new Story().toPackages().report("post").report("done"));
        tell(
                BootVerdict.GOING_ON,
                () -> new Story().discover().offer(Whose.OURS, PROGRAM).after(3.9));
        tell(
                BootVerdict.LEFT_TO_DISK,
                () -> new Story()
                        .discover()
                        .decide(new BootStep.LocalDisk(BootReason.NOTHING_ORDERED))
                        .after(60));
        tell(
                BootVerdict.NOT_ANSWERED,
                () -> new Story()
                        .discover()
                        .decide(new BootStep.Silence(BootReason.KNOWN_ONLY))
                        .after(60));
        tell(
                BootVerdict.NO_ANSWER,
                () -> new Story()
                        .discover()
                        .after(4)
                        .discover()
                        .after(8)
                        .discover()
                        .after(16));
        tell(
                BootVerdict.OFFER_NOT_HEARD,
                () -> new Story()
                        .discover()
                        .offer(Whose.OURS, PROGRAM)
                        .after(4)
                        .discover()
                        .offer(Whose.OURS, PROGRAM)
                        .after(8)
                        .discover()
                        .offer(Whose.OURS, PROGRAM)
                        .after(16));
        tell(
                BootVerdict.OTHER_DHCP_WON,
                () -> new Story()
                        .discover()
                        .offer(Whose.OURS, PROGRAM)
                        .offer(Whose.OTHER, "")
                        .after(4)
                        .request(Story.OTHER)
                        .after(30));
        tell(
                BootVerdict.ADDRESS_REFUSED,
                () -> new Story()
                        .discover()
                        .offer(Whose.OURS, PROGRAM)
                        .after(4)
                        .request(Story.US)
                        .nak()
                        .after(30));
        tell(BootVerdict.OFFER_IGNORED, () -> new Story().address(PROGRAM).after(40));
        tell(
                BootVerdict.PORT_4011_CLOSED,
                () -> new Story()
                        .address(PROGRAM)
                        .bootServerAsk()
                        .after(1)
                        .bootServerAsk()
                        .after(2)
                        .bootServerAsk()
                        .after(3)
                        .bootServerAsk()
                        .after(4)
                        .nextTry(BootStage.PXE_ROM)
                        .discover()
                        .after(30));
        tell(
                BootVerdict.WRONG_NEXT_SERVER,
                () -> new Story()
                        .addressWithNext(IpAddress.literal("192.168.55.99"), PROGRAM)
                        .arp(IpAddress.literal("192.168.55.99"), 18));
        tell(
                BootVerdict.FILE_MISSING,
                () -> new Story()
                        .address("ipxe/snponyl.efi")
                        .rrq("ipxe/snponyl.efi")
                        .end(
                                "ipxe/snponyl.efi",
                                TftpOutcome.NOT_FOUND,
                                TftpCount.NONE,
                                1,
                                Optional.of(PROGRAM),
                                Optional.empty()));
        tell(
                BootVerdict.TFTP_REFUSED,
                () -> new Story()
                        .address(PROGRAM)
                        .rrq(PROGRAM)
                        .end(PROGRAM, TftpOutcome.SERVER_REFUSED, TftpCount.NONE, 4));
        tell(
                BootVerdict.TFTP_ANSWERS_LOST,
                () -> new Story()
                        .address(PROGRAM)
                        .rrq(PROGRAM)
                        .options(1468)
                        .after(4)
                        .again(PROGRAM)
                        .after(4)
                        .again(PROGRAM)
                        .after(4)
                        .end(PROGRAM, TftpOutcome.SILENCE, NONE_ACKED, -1));
        tell(
                BootVerdict.TFTP_ANSWERS_LOST_ON_ONE_PORT,
                () -> new Story()
                        .address(PROGRAM)
                        .onePort()
                        .rrq(PROGRAM)
                        .options(1468)
                        .after(4)
                        .again(PROGRAM)
                        .after(4)
                        .again(PROGRAM)
                        .after(4)
                        .end(PROGRAM, TftpOutcome.SILENCE, NONE_ACKED, -1));
        tell(
                BootVerdict.FULL_BLOCKS_LOST,
                () -> new Story()
                        .address(PROGRAM)
                        .rrq(PROGRAM)
                        .options(1468)
                        .end(PROGRAM, TftpOutcome.CLIENT_ABORTED, TftpCount.NONE, 8)
                        .rrq(PROGRAM)
                        .options(1468)
                        .after(24)
                        .end(PROGRAM, TftpOutcome.SILENCE, new TftpCount(4, 0, 20, 5), -1));
        tell(
                BootVerdict.ROLL_OVER,
                () -> new Story()
                        .address("pxelinux.0")
                        .as(BootStage.PXE_ROM, ClientArch.BIOS)
                        .rrq("initrd.img")
                        .after(60)
                        .end("initrd.img", TftpOutcome.SILENCE, new TftpCount(65536, 65535, 5, 0), -1));
        tell(
                BootVerdict.LOSSY,
                () -> new Story()
                        .address(PROGRAM)
                        .rrq(PROGRAM)
                        .options(1468)
                        .after(40)
                        .end(PROGRAM, TftpOutcome.SILENCE, new TftpCount(70, 66, 31, 4), -1));
        tell(
                BootVerdict.TFTP_GIVEN_UP,
                () -> new Story()
                        .address(PROGRAM)
                        .rrq(PROGRAM)
                        .options(1468)
                        .end(PROGRAM, TftpOutcome.CLIENT_ABORTED, TftpCount.NONE, 8)
                        .after(60));
        tell(
                BootVerdict.HTTP_BOOT_STOPPED,
                () -> new Story()
                        .as(BootStage.HTTP_ROM, ClientArch.HTTP_X64)
                        .address("http://192.168.55.1/boot/snponly.efi")
                        .http("UefiHttpBoot/1.0", "/boot/snponly.efi", 500, 0));
        tell(
                BootVerdict.WRONG_ARCHITECTURE,
                () -> new Story()
                        .address("undionly.kpxe")
                        .tftp("undionly.kpxe", Optional.of(BootProgram.NOT_UEFI))
                        .nextTry(BootStage.HTTP_ROM)
                        .discover()
                        .after(20));
        tell(
                BootVerdict.SECURE_BOOT,
                () -> new Story()
                        .address(PROGRAM)
                        .tftp(PROGRAM, Optional.of(UNSIGNED_X64))
                        .nextTry(BootStage.HTTP_ROM)
                        .discover()
                        .after(20));
        tell(
                BootVerdict.PROGRAM_REFUSED,
                () -> new Story()
                        .address(PROGRAM)
                        .tftp(PROGRAM, Optional.of(SIGNED_X64))
                        .nextTry(BootStage.HTTP_ROM)
                        .discover()
                        .after(20));
        tell(
                BootVerdict.LOADER_NEVER_CAME,
                () -> new Story().address(PROGRAM).tftp(PROGRAM).after(60));
        tell(BootVerdict.LOADER_SILENT, () -> new Story().toLoader().after(120));
        tell(
                BootVerdict.LOADER_LOOP,
                () -> new Story()
                        .address("undionly.kpxe")
                        .tftp("undionly.kpxe")
                        .as(BootStage.IPXE, ClientArch.BIOS)
                        .address("undionly.kpxe")
                        .tftp("undionly.kpxe")
                        .address("undionly.kpxe")
                        .tftp("undionly.kpxe"));
        tell(
                BootVerdict.LOADER_FILE_MISSING,
                () -> new Story()
                        .toLoader()
                        .http("iPXE/1.21", "/boot/script.ipxe", 200, 900)
                        .http("iPXE/1.21", "/tree/el9/vmlinuz", 404, 0));
        tell(
                BootVerdict.RAM_TOO_SMALL,
                () -> new Story()
                        .toLoader()
                        .told("memory-mb", "512")
                        .toKernelOnly()
                        .after(300));
        tell(BootVerdict.INSTALLER_NEVER_CAME, () -> new Story().toKernel().after(300));
        tell(
                BootVerdict.INSTALLER_SILENT,
                () -> new Story()
                        .toKernel()
                        .after(20)
                        .as(BootStage.INSTALLER, ClientArch.EFI_X64)
                        .address("")
                        .after(300));
        tell(
                BootVerdict.INSTALLER_NO_SOURCE,
                () -> new Story()
                        .toKernel()
                        .after(20)
                        .as(BootStage.INSTALLER, ClientArch.EFI_X64)
                        .address("")
                        .http("curl", "/tree/el9/.treeinfo", 404, 0));
        tell(
                BootVerdict.ANSWER_MISSING,
                () -> new Story()
                        .toKernel()
                        .after(20)
                        .http("curl", "/tree/el9/.treeinfo", 200, 900)
                        .http("curl", "/answer/no/ks.cfg", 404, 0));
        tell(
                BootVerdict.ANSWER_REFUSED,
                () -> new Story().toKernel().after(20).http("curl", "/answer/old/ks.cfg", 410, 0));
        tell(BootVerdict.INSTALL_FAILED, () -> new Story().toPackages().report("failed"));
        tell(
                BootVerdict.RESTARTS,
                () -> new Story().toPackages().report("done").powerOn().toKernel());
    }

    /// The story of this verdict.
    static Story of(BootVerdict verdict) {
        return Objects.requireNonNull(STORIES.get(verdict), () -> "no story for " + verdict)
                .get();
    }
}
