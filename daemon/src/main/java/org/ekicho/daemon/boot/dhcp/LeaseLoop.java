package org.ekicho.daemon.boot.dhcp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.host.clock.KernelClock;
import org.ekicho.netboot.dhcp.Arrival;
import org.ekicho.netboot.dhcp.DhcpAction;
import org.ekicho.netboot.dhcp.DhcpCodec;
import org.ekicho.netboot.dhcp.DhcpPacket;
import org.ekicho.netboot.dhcp.DhcpReason;
import org.ekicho.netboot.dhcp.DhcpType;
import org.ekicho.netboot.dhcp.OptionCode;
import org.ekicho.netboot.dhcp.ProxyDhcpServer;
import org.ekicho.netboot.dhcp.ReplyTo;
import org.ekicho.netboot.lease.DhcpServer;
import org.ekicho.netboot.lease.LeaseRecord;
import org.ekicho.netboot.lease.RivalAction;
import org.ekicho.netboot.lease.RivalWatch;
import org.ekicho.wire.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that owns the leases. It takes what has come, decides, brings the changes of the whole batch
/// to the disk at once, and only then sends the answers.
final class LeaseLoop implements Supervisor.Job {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseLoop.class);
    /// What waits at most: a second of the greatest load. Machines ask again.
    private static final int MAILBOX = 4096;
    /// Taken at once: one write to the disk for all of them.
    private static final int BATCH = 256;
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long CHECKING_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /// A full disk fails every batch: one line a minute says so.
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final DhcpServer server;
    private final ProxyDhcpServer proxy;
    private final LeaseJournal journal;
    private final List<LeasePlace> places;
    private final DhcpObserver observer;
    private final KernelClock clock = new KernelClock();
    private final AddressChecks checks = new AddressChecks();
    private final BlockingQueue<LeaseMail> mailbox = new ArrayBlockingQueue<>(MAILBOX);
    private final LongAdder lost = new LongAdder();
    private final List<Answer> answers = new ArrayList<>();
    private final List<LeaseMail.Asked> checked = new ArrayList<>();
    private long lastLine = System.nanoTime() - QUIET_NANOS;
    private volatile boolean stopped;

    private record Answer(LeaseMail.Asked asked, DhcpAction action) {}

    /// @param proxy what answers beside another server
    LeaseLoop(
            DhcpServer server,
            ProxyDhcpServer proxy,
            LeaseJournal journal,
            List<LeasePlace> places,
            DhcpObserver observer) {
        this.server = server;
        this.proxy = proxy;
        this.journal = journal;
        this.places = places;
        this.observer = observer;
    }

    /// Takes it over from any thread; what finds no room is counted.
    void put(LeaseMail mail) {
        if (!mailbox.offer(mail)) lost.increment();
    }

    /// Packets that found no room.
    long lost() {
        return lost.sum();
    }

    @Override
    public void run() throws IOException, InterruptedException {
        List<LeaseMail> batch = new ArrayList<>(BATCH);
        while (!stopped) {
            LeaseMail first = mailbox.poll(checks.isEmpty() ? IDLE_NANOS : CHECKING_NANOS, TimeUnit.NANOSECONDS);
            batch.clear();
            if (first != null) batch.add(first);
            mailbox.drainTo(batch, BATCH - 1);
            for (LeaseMail mail : batch) {
                take(mail);
            }
            Moment now = clock.moment();
            for (AddressChecks.Verdict verdict : checks.advance(now.monotonicNanos())) {
                finish(verdict, now);
            }
            send(save(now));
            watch(now);
        }
    }

    private void take(LeaseMail mail) throws IOException {
        switch (mail) {
            case LeaseMail.Asked asked -> asked(asked);
            case LeaseMail.Heard heard -> heard(heard);
            case LeaseMail.Arp arp -> {
                for (AddressChecks.Verdict verdict : checks.heard(arp.packet())) {
                    finish(verdict, clock.moment());
                }
            }
            case LeaseMail.Resume resume ->
                placeOf(resume.interfaceIndex()).ifPresent(one -> one.rivals().resume(System.nanoTime()));
        }
    }

    private void asked(LeaseMail.Asked asked) throws IOException {
        Optional<LeasePlace> here = placeOf(asked.arrival().interfaceIndex());
        if (here.isEmpty()) return;
        RivalWatch rivals = here.get().rivals();
        if (rivals.isOwn(asked.packet())) {
            answers.add(new Answer(asked, DhcpAction.drop(DhcpReason.OWN_PROBE)));
        } else if (rivals.stance() != RivalWatch.Stance.SERVING && !takesOurs(asked)) {
            answers.add(new Answer(asked, besides(asked, rivals)));
        } else {
            decided(asked, server.answer(asked.packet(), asked.arrival(), asked.at()), here.get());
        }
    }

    /// Whether a machine takes what was offered before another server was heard: it is told yes, or it would wait for
    /// half a minute and begin anew.
    private static boolean takesOurs(LeaseMail.Asked asked) {
        return asked.packet().type().filter(DhcpType.REQUEST::equals).isPresent()
                && asked.packet()
                        .options()
                        .address(OptionCode.SERVER_ID)
                        .filter(asked.arrival().ours()::equals)
                        .isPresent();
    }

    /// No address while another server gives them; a machine that boots is still told what to load.
    private DhcpAction besides(LeaseMail.Asked asked, RivalWatch rivals) {
        DhcpAction.Drop silent = new DhcpAction.Drop(DhcpReason.STOOD_DOWN, rivals.rival());
        if (rivals.stance() != RivalWatch.Stance.STOOD_DOWN) return silent;
        DhcpAction action = proxy.answer(asked.packet(), asked.arrival());
        return action instanceof DhcpAction.Reply ? action : silent;
    }

    private void decided(LeaseMail.Asked asked, DhcpAction action, LeasePlace here) throws IOException {
        answers.add(new Answer(asked, action));
        switch (action) {
            case DhcpAction.Probe probe -> {
                checked.add(asked);
                checks.begin(probe, here.asking(), System.nanoTime());
            }
            case DhcpAction.Drop drop
            when drop.why() == DhcpReason.OTHER_SERVER -> here.rivals().suspect(System.nanoTime());
            case DhcpAction.Drop _, DhcpAction.Reply _ -> {}
        }
    }

    /// Tells the server what a check has found; the answer is for the machine whose question began it.
    private void finish(AddressChecks.Verdict verdict, Moment now) throws IOException {
        DhcpAction action = server.probed(verdict.address(), verdict.used(), now);
        Optional<LeaseMail.Asked> question = questionOf(action);
        if (question.isEmpty()) return;
        Optional<LeasePlace> here = placeOf(question.get().arrival().interfaceIndex());
        if (here.isPresent()) decided(question.get(), action, here.get());
    }

    private Optional<LeaseMail.Asked> questionOf(DhcpAction action) {
        Optional<LeaseMail.Asked> found = checked.stream()
                .filter(asked -> switch (action) {
                    case DhcpAction.Reply reply ->
                        reply.packet().mac().equals(asked.packet().mac())
                                && reply.packet().xid() == asked.packet().xid();
                    case DhcpAction.Probe probe ->
                        probe.asker().equals(asked.packet().mac());
                    case DhcpAction.Drop _ -> false;
                })
                .findFirst();
        found.ifPresent(checked::remove);
        long now = System.nanoTime();
        checked.removeIf(asked -> now - asked.at().monotonicNanos() > TimeUnit.SECONDS.toNanos(10));
        return found;
    }

    /// Brings what changed to the disk; false when the disk does not take it.
    private boolean save(Moment now) {
        List<LeaseRecord> changed = server.unsaved(now);
        if (changed.isEmpty()) return true;
        try {
            journal.append(changed);
            server.saved();
            List<LeaseRecord> all = journal.isWorthCompacting(0) ? server.records(now) : List.of();
            if (!all.isEmpty() && journal.isWorthCompacting(all.size())) journal.compact(all);
            return true;
        } catch (IOException e) {
            if (System.nanoTime() - lastLine >= QUIET_NANOS) {
                lastLine = System.nanoTime();
                String sentence =
                        "DHCP: leases cannot be written, so no new ones are given (known ones are prolonged): "
                                + e.getMessage();
                LOG.error(sentence);
                places.forEach(one -> observer.alarm(now, one.place(), sentence));
            }
            return false;
        }
    }

    private void send(boolean saved) {
        for (Answer answer : answers) {
            DhcpAction action = answer.action();
            if (action instanceof DhcpAction.Reply reply) {
                if (saved || reply.promise() != DhcpAction.Promise.NEW) {
                    ProxyDesk.send(reply, answer.asked().door());
                } else {
                    action = DhcpAction.drop(DhcpReason.NOT_SAVED);
                }
            }
            LeaseMail.Asked asked = answer.asked();
            observer.decided(asked.at(), asked.arrival(), asked.packet(), action);
        }
        answers.clear();
    }

    private void heard(LeaseMail.Heard heard) {
        Optional<LeasePlace> here = placeOf(heard.arrival().interfaceIndex());
        if (here.isEmpty()
                || heard.arrival().from().address().equals(here.get().place().ours())) return;
        DhcpPacket packet = heard.packet();
        observer.heard(heard.at(), here.get().place(), heard.arrival().from(), packet);
        Arrival arrival = heard.arrival();
        here.get().rivals().heard(packet, arrival.from().address()).forEach(action -> carryOut(action, here.get()));
    }

    private void watch(Moment now) {
        for (LeasePlace one : places) {
            one.rivals().advance(now.monotonicNanos()).forEach(action -> carryOut(action, one));
        }
    }

    private void carryOut(RivalAction action, LeasePlace here) {
        switch (action) {
            case RivalAction.Probe probe -> look(probe, here);
            case RivalAction.Serve _ ->
                LOG.info(
                        "DHCP: no other server answers on {}; giving addresses",
                        here.place().name());
            case RivalAction.StandDown down -> {
                String sentence = "DHCP: " + down.rival() + " gives addresses on "
                        + here.place().name() + " too (it offered " + down.offers()
                        + "), so none are given here until a person says that it is gone; machines that boot are still"
                        + " told what to load";
                LOG.error(sentence);
                observer.alarm(clock.moment(), here.place(), sentence);
            }
        }
    }

    private static void look(RivalAction.Probe probe, LeasePlace here) {
        Optional<DhcpDoor> door = here.port().door();
        try {
            if (door.isPresent()) {
                door.get().send(DhcpCodec.encode(probe.packet(), DhcpCodec.SMALLEST_LIMIT), ReplyTo.ALL_SERVERS);
                return;
            }
        } catch (IOException e) {
            LOG.warn(
                    "DHCP: could not look for other servers on {}: {}",
                    here.place().name(),
                    e.getMessage());
        }
        here.rivals().notSent();
    }

    private Optional<LeasePlace> placeOf(int interfaceIndex) {
        return places.stream()
                .filter(one -> one.place().index() == interfaceIndex)
                .findFirst();
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
