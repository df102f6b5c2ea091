package org.ekicho.netboot.trace;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.ekicho.netboot.client.BootStage;
import org.ekicho.netboot.client.ClientArch;
import org.ekicho.netboot.policy.BootReason;
import org.ekicho.netboot.policy.BootStep;
import org.ekicho.netboot.policy.OfferForm;
import org.ekicho.wire.Endpoint;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.MacAddress;

/// Any events in any order: nothing throws, the book stays within its limits, every machine has a verdict that can be
/// printed, and no text of a packet leaves a control character in it.
public final class TimelineFuzz {
    private static final long SECOND = 1_000_000_000L;
    /// Longer stories show nothing new.
    private static final int MOST_EVENTS = 600;

    private static final String[] FILES = {
        "ipxe/snponly.efi",
        "/boot/script.ipxe",
        "/tree/vmlinuz",
        "/tree/initrd.img",
        "/tree/.treeinfo",
        "/answer/1/ks.cfg",
        "/tree/p.rpm",
        "pxelinux.cfg/default",
        "/tree/repodata/repomd.xml",
        ""
    };
    private static final String[] AGENTS = {"iPXE/1.21", "UefiHttpBoot/1.0", "curl", "GRUB 2.06", "\u0007\u001b[2J", ""
    };
    private static final String[] PHASES = {"medium", "pre", "packages", "done", "failed", "\n"};

    private TimelineFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        ByteBuffer in = ByteBuffer.wrap(data);
        TraceBook book = new TraceBook();
        long now = 0;
        for (int i = 0; i < MOST_EVENTS && in.remaining() >= 8; i++) {
            now += (in.get() & 0xff) * SECOND / 8;
            if ((in.get(in.position()) & 0xf0) == 0xf0) now += 1000 * SECOND;
            book.add(event(in, now));
        }
        check(book.size() <= TraceBook.MAX_EVENTS, "too many events");
        int kept = 0;
        for (MachineTrace machine : book.machines()) {
            kept += machine.orders().size();
            check(machine.attempts().size() <= BootTimeline.MAX_ATTEMPTS, "too many attempts");
            for (BootAttempt attempt : machine.attempts()) {
                kept += attempt.events().size();
                check(attempt.events().size() <= AttemptLog.MAX_EVENTS, "too many events in an attempt");
                check(inOrder(attempt), "events are out of order");
                judged(machine, attempt, now);
            }
        }
        check(kept == book.size(), kept + " events are kept, " + book.size() + " are counted");
    }

    private static boolean inOrder(BootAttempt attempt) {
        for (int i = 1; i < attempt.events().size(); i++) {
            boolean folded = attempt.events().get(i) instanceof BootEvent.ArpAsk
                    || attempt.events().get(i) instanceof BootEvent.Packages
                    || attempt.events().get(i) instanceof BootEvent.TftpProgress;
            if (!folded
                    && attempt.events().get(i - 1).atNanos()
                            > attempt.events().get(i).atNanos()
                    && !(attempt.events().get(i - 1) instanceof BootEvent.TftpProgress)) return false;
        }
        return true;
    }

    private static void judged(MachineTrace machine, BootAttempt attempt, long now) {
        TraceView view = TraceView.of(machine, attempt, now);
        String text = TraceText.format(view) + TraceText.line(view);
        check(text.chars().noneMatch(c -> c < ' ' && c != '\n'), "a control character in the text");
        String said = view.sentence() + view.command();
        check(!said.matches(".*\\{[a-z]+}.*"), "not filled in: " + said);
        boolean booted = view.outcome().equals("BOOTED");
        check(!booted || view.medium().isEmpty(), "a medium for a machine that booted");
    }

    private static BootEvent event(ByteBuffer in, long now) {
        int kind = in.get() & 15;
        int which = in.get() & 0xff;
        int more = in.get() & 0xff;
        int number = in.getShort() & 0xffff;
        boolean odd = (in.get() & 1) != 0;
        MacAddress mac = new MacAddress(0x5254_0000_0000L + (which & 3));
        IpAddress address = IpAddress.ofV4(0x0a00_0001 + (which & 7));
        Who who = odd ? Who.at(address) : (which & 8) != 0 ? Who.of(mac, address) : Who.of(mac);
        Endpoint client = new Endpoint(address, 2000 + (more & 3));
        String file = FILES[more % FILES.length];
        TftpCount count = new TftpCount(number, number - (which >> 4), more, which >> 5);
        return switch (kind) {
            case 0, 1, 2, 3 -> dhcp(who, now, which, more, number);
            case 4 -> new BootEvent.ArpAsk(now, who, IpAddress.ofV4(number), 1 + (more >> 4), now + number);
            case 5 -> new BootEvent.ArpAnswer(now, who, IpAddress.ofV4(number));
            case 6 -> new BootEvent.TftpRequest(now, who, client, file, number, more, odd);
            case 7 -> new BootEvent.TftpOptions(now, who, client, number, more, OptionalLong.of(number));
            case 8 -> new BootEvent.TftpProgress(now, who, client, count);
            case 9 ->
                new BootEvent.TftpEnd(
                        now,
                        who,
                        client,
                        file,
                        TftpOutcome.values()[which % 5],
                        count,
                        number,
                        more % 9,
                        new String(new byte[] {(byte) more, (byte) which}, StandardCharsets.ISO_8859_1),
                        Optional.of(file),
                        BootProgram.read(new byte[] {'M', (byte) more}));
            case 10, 11 ->
                new BootEvent.Http(
                        now - number * 1000L,
                        who,
                        odd ? "GET" : "HEAD",
                        file,
                        200 + (which & 1) * 204,
                        number * 4000L,
                        number * 1000L,
                        AGENTS[which % AGENTS.length],
                        "",
                        Optional.empty());
            case 12 -> new BootEvent.Conversation(now, who, client, number, number * 4000L, number, odd);
            case 13 -> new BootEvent.Report(now, who, PHASES[more % PHASES.length], "text\r" + more);
            case 14 -> decided(who, now, which, odd);
            default ->
                odd
                        ? new BootEvent.Order(now, who, OrderChange.values()[more & 3], "el9", "anna")
                        : (more & 1) == 0
                                ? new BootEvent.Link(now, Who.NOBODY, "eth0", more > 128)
                                : new BootEvent.Told(now, who, "memory-mb", Integer.toString(number));
        };
    }

    private static BootEvent dhcp(Who who, long now, int which, int more, int number) {
        BootStage stage = BootStage.values()[more % 5];
        Whose whose = Whose.values()[which % 3];
        Endpoint from = new Endpoint(IpAddress.ofV4(0x0a00_0100 + (which & 1)), (more & 16) != 0 ? 4011 : 67);
        DhcpGift gift = new DhcpGift(
                Optional.of(from.address()),
                (which & 4) != 0 ? Optional.of(IpAddress.ofV4(0x0a00_0001 + (which & 7))) : Optional.empty(),
                Optional.of(IpAddress.ofV4(number)),
                FILES[more % FILES.length],
                (which & 2) != 0);
        return new BootEvent.Dhcp(
                now,
                who,
                DhcpKind.of(which % 10),
                whose,
                from,
                from,
                number & 31,
                number,
                stage,
                Optional.of(new ClientArch(more & 31)),
                "PXEClient\0",
                gift);
    }

    private static BootEvent decided(Who who, long now, int which, boolean odd) {
        BootReason why = BootReason.values()[which % BootReason.values().length];
        BootStep step = switch (which & 3) {
            case 0 -> new BootStep.LocalDisk(why);
            case 1 -> new BootStep.Silence(why);
            case 2 -> new BootStep.ByHttp("/boot/x", why);
            default -> new BootStep.ByTftp("x", OfferForm.IN_OFFER, 1468, 4, odd, why);
        };
        return new BootEvent.Decided(now, who, "dhcp", step);
    }

    private static void check(boolean holds, String broken) {
        if (!holds) {
            throw new IllegalStateException(broken);
        }
    }
}
