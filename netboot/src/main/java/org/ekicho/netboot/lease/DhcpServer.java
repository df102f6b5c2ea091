package org.ekicho.netboot.lease;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ekicho.netboot.dhcp.Arrival;
import org.ekicho.netboot.dhcp.BootDoor;
import org.ekicho.netboot.dhcp.DhcpAction;
import org.ekicho.netboot.dhcp.DhcpPacket;
import org.ekicho.netboot.dhcp.DhcpReason;
import org.ekicho.netboot.dhcp.DhcpType;
import org.ekicho.netboot.dhcp.OptionCode;
import org.ekicho.netboot.lease.LeaseAnswers.Question;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.Moment;

/// The full DHCP server: gives addresses and, to machines that boot, what to load (RFC 2131). Belongs to
/// one thread.
///
/// The shell answers a batch of packets, makes [#unsaved] durable, calls [#saved], and only then sends the
/// replies. When the disk is full it sends those that promise nothing new and keeps the rest back.
public final class DhcpServer {
    private static final long SECOND = 1_000_000_000L;
    /// How long an offer stands. Firmware takes up to 32 s from the first offer to its request.
    private static final long HOLD_NANOS = 60 * SECOND;
    /// How long nobody gets an address that was found in use.
    private static final long DECLINED_NANOS = 3600 * SECOND;
    /// After this a check that nobody finished is forgotten.
    private static final long CHECK_NANOS = 5 * SECOND;
    /// Addresses under check at once; beyond that they are given unchecked.
    private static final int MAX_CHECKS = 256;
    /// Addresses tried for one machine before it is left to ask again.
    private static final int MAX_TRIES = 4;

    private final DhcpSettings settings;
    private final LeaseAnswers answers;
    private final LeaseTable table;
    private final AskRate rate = new AskRate();
    private final Reservations reservations;
    private final Map<IpAddress, Check> checks = new HashMap<>();
    private final Map<IpAddress, Lease> unsaved = new LinkedHashMap<>();

    private record Check(Question question, int tries, long untilNanos) {}

    /// @param known leases of the journal
    public DhcpServer(DhcpSettings settings, BootDoor door, Collection<LeaseRecord> known, Moment now) {
        this.settings = settings;
        this.answers = new LeaseAnswers(settings, door);
        this.reservations = new Reservations(settings.reservations());
        this.table = new LeaseTable(settings.subnets(), reservations.addresses());
        for (LeaseRecord record : known) {
            table.subnetOf(record.address())
                    .ifPresent(subnet -> table.put(record.toLease(now, subnet.maxLeaseSeconds())));
        }
    }

    /// The answer to a packet that came to port 67.
    public DhcpAction answer(DhcpPacket request, Arrival arrival, Moment now) {
        if (request.fromServer()) {
            return new DhcpAction.Drop(
                    DhcpReason.FROM_A_SERVER, request.options().address(OptionCode.SERVER_ID));
        }
        Optional<DhcpReason> flaw = request.flaw();
        if (flaw.isPresent()) return DhcpAction.drop(flaw.get());
        DhcpType type = request.type().orElseThrow();
        if (!rate.admits(request.mac(), now.monotonicNanos())) return DhcpAction.drop(DhcpReason.TOO_OFTEN);
        Optional<Subnet> subnet = subnetOf(request, arrival);
        if (subnet.isEmpty()) return DhcpAction.drop(DhcpReason.NO_SUBNET);
        ClientKey client = ClientKey.of(request, settings.identity());
        Question question = new Question(request, arrival, subnet.get(), client, reservations.of(request));
        return switch (type) {
            case DISCOVER -> discover(question, 0, now.monotonicNanos());
            case REQUEST -> request(question, now.monotonicNanos());
            case DECLINE -> decline(question, now.monotonicNanos());
            case RELEASE -> release(question, now.monotonicNanos());
            case INFORM -> answers.information(question);
            case OFFER, ACK, NAK -> DhcpAction.drop(DhcpReason.NOT_FOR_SERVERS);
        };
    }

    /// What a check of an address has found.
    ///
    /// @param used whether somebody answered for it
    public DhcpAction probed(IpAddress address, boolean used, Moment now) {
        Check check = checks.remove(address);
        if (check == null) return DhcpAction.drop(DhcpReason.NOT_KNOWN);
        if (!used) return offer(check.question, address, now.monotonicNanos());
        quarantine(address, check.question.request(), now.monotonicNanos());
        return check.tries + 1 < MAX_TRIES
                ? discover(check.question, check.tries + 1, now.monotonicNanos())
                : DhcpAction.drop(DhcpReason.POOL_EXHAUSTED);
    }

    /// Leases that changed and are not on disk: the newest state of each address.
    public List<LeaseRecord> unsaved(Moment now) {
        return unsaved.values().stream()
                .map(lease -> LeaseRecord.of(lease, now))
                .toList();
    }

    /// What [#unsaved] gave is on disk.
    public void saved() {
        unsaved.clear();
    }

    /// All that is worth keeping: for a compacted journal.
    public List<LeaseRecord> records(Moment now) {
        return table.all().stream()
                .filter(lease -> lease.state() != Lease.State.OFFERED)
                .map(lease -> LeaseRecord.of(lease, now))
                .toList();
    }

    /// Leases as they are, for views.
    public List<Lease> leases() {
        return new ArrayList<>(table.all());
    }

    /// Where the client is: what its relay says (RFC 3527, then giaddr), else where its address lies, else
    /// our own.
    private Optional<Subnet> subnetOf(DhcpPacket request, Arrival arrival) {
        if (request.isRelayed()) {
            return table.subnetOf(request.relayLink().orElse(request.giaddr()));
        }
        Optional<Subnet> byAddress = request.ciaddr().isAny() ? Optional.empty() : table.subnetOf(request.ciaddr());
        return byAddress.or(() -> table.subnetOf(arrival.ours()));
    }

    private DhcpAction discover(Question question, int tries, long now) {
        Optional<IpAddress> address = choose(question, now);
        if (address.isEmpty()) return DhcpAction.drop(DhcpReason.POOL_EXHAUSTED);
        Check running = checks.get(address.get());
        if (running != null && running.untilNanos - now > 0) return DhcpAction.drop(DhcpReason.CHECKING);
        boolean returning = running == null
                && table.at(address.get())
                        .filter(lease -> lease.client().equals(question.client()))
                        .isPresent();
        if (returning || settings.checking() == DhcpSettings.Checking.NONE || isFullOfChecks(now)) {
            return offer(question, address.get(), now);
        }
        // Nobody else may get it meanwhile.
        table.put(lease(question, address.get(), Lease.State.OFFERED, now + HOLD_NANOS));
        checks.put(address.get(), new Check(question, tries, now + CHECK_NANOS));
        return new DhcpAction.Probe(address.get(), question.request().mac());
    }

    private boolean isFullOfChecks(long now) {
        if (checks.size() < MAX_CHECKS) return false;
        checks.values().removeIf(check -> check.untilNanos - now <= 0);
        return checks.size() >= MAX_CHECKS;
    }

    /// RFC 2131 §4.3.1: reserved, else the one it has or had, else the one it wants, else any.
    private Optional<IpAddress> choose(Question question, long now) {
        Subnet subnet = question.subnet();
        Optional<IpAddress> reserved = reservations.addressOf(question).filter(subnet::isUsable);
        if (reserved.isPresent() && isFreeFor(question, reserved.get(), now)) return reserved;
        Optional<IpAddress> before = table.of(question.client(), subnet)
                .map(Lease::address)
                .filter(address -> isFreeFor(question, address, now));
        if (before.isPresent()) return before;
        Optional<IpAddress> wanted = question.request()
                .options()
                .address(OptionCode.REQUESTED_ADDRESS)
                .filter(address -> isFreeFor(question, address, now));
        if (wanted.isPresent()) return wanted;
        Optional<IpAddress> free = table.free(subnet, question.client());
        if (free.isEmpty() && table.forgetEnded(subnet, now) > 0) free = table.free(subnet, question.client());
        return free;
    }

    /// Whether this client may have this address now.
    private boolean isFreeFor(Question question, IpAddress address, long now) {
        Subnet subnet = question.subnet();
        if (!subnet.isUsable(address) || address.equals(question.arrival().ours())) return false;
        Optional<IpAddress> reserved = reservations.addressOf(question);
        boolean its = reserved.filter(address::equals).isPresent();
        if (!its && (!subnet.isInRange(address) || reservations.isReserved(address))) return false;
        // What is reserved for a machine stays its own, whatever client id its firmware had it by.
        return table.at(address)
                .filter(lease -> lease.isActive(now))
                .filter(lease -> !lease.client().equals(question.client()))
                .filter(lease -> !its || lease.state() == Lease.State.DECLINED)
                .isEmpty();
    }

    private DhcpAction offer(Question question, IpAddress address, long now) {
        boolean bound = table.at(address)
                .filter(lease -> lease.state() == Lease.State.BOUND && lease.isActive(now))
                .isPresent();
        if (!bound) table.put(lease(question, address, Lease.State.OFFERED, now + HOLD_NANOS));
        return answers.lease(question, DhcpType.OFFER, address, seconds(question), DhcpAction.Promise.NONE);
    }

    /// RFC 2131 §4.3.2: with our server id it takes our offer; with another's it took that; without, it
    /// has (or had) an address and wants to keep it.
    private DhcpAction request(Question question, long now) {
        DhcpPacket request = question.request();
        Optional<IpAddress> server = request.options().address(OptionCode.SERVER_ID);
        Optional<Lease> its = table.of(question.client(), question.subnet());
        if (server.isPresent() && !server.get().equals(question.arrival().ours())) {
            its.filter(lease -> lease.state() == Lease.State.OFFERED).ifPresent(lease -> table.remove(lease.address()));
            return new DhcpAction.Drop(DhcpReason.OTHER_SERVER, server);
        }
        Optional<IpAddress> wanted = request.ciaddr().isAny()
                ? request.options().address(OptionCode.REQUESTED_ADDRESS)
                : Optional.of(request.ciaddr());
        if (wanted.isEmpty()) return DhcpAction.drop(DhcpReason.NOT_KNOWN);
        IpAddress address = wanted.get();
        if (!question.subnet().prefix().contains(address)) return refuse(question, DhcpReason.WRONG_NET);
        boolean known = its.filter(lease -> lease.address().equals(address)).isPresent();
        if (!isFreeFor(question, address, now)) {
            return refuse(question, table.at(address).isPresent() ? DhcpReason.TAKEN : DhcpReason.NOT_KNOWN);
        }
        // Offered before we were started anew, or a lease of another day: granted where we are the authority.
        boolean grants = server.isPresent() || settings.authority() == DhcpSettings.Authority.REFUSE;
        return known || grants ? acknowledge(question, address, now) : DhcpAction.drop(DhcpReason.NOT_KNOWN);
    }

    private DhcpAction acknowledge(Question question, IpAddress address, long now) {
        int seconds = seconds(question);
        boolean onDisk = !unsaved.containsKey(address)
                && table.at(address)
                        .filter(lease -> lease.state() == Lease.State.BOUND && lease.isActive(now))
                        .isPresent();
        checks.remove(address);
        keep(lease(question, address, Lease.State.BOUND, now + seconds * SECOND));
        DhcpAction.Promise promise = onDisk ? DhcpAction.Promise.LONGER : DhcpAction.Promise.NEW;
        return answers.lease(question, DhcpType.ACK, address, seconds, promise);
    }

    private DhcpAction refuse(Question question, DhcpReason why) {
        return settings.authority() == DhcpSettings.Authority.REFUSE
                ? answers.refusal(question.request(), question.arrival(), why)
                : DhcpAction.drop(why);
    }

    /// Only the client's own address: others could empty the ranges with a few packets.
    private DhcpAction decline(Question question, long now) {
        Optional<Lease> its = owned(question, question.request().options().address(OptionCode.REQUESTED_ADDRESS));
        if (its.isEmpty()) return DhcpAction.drop(DhcpReason.NOT_KNOWN);
        quarantine(its.get().address(), question.request(), now);
        return DhcpAction.drop(DhcpReason.DECLINED);
    }

    private DhcpAction release(Question question, long now) {
        Optional<Lease> its = owned(question, Optional.of(question.request().ciaddr()));
        if (its.isEmpty()) return DhcpAction.drop(DhcpReason.NOT_KNOWN);
        keep(its.get().as(Lease.State.RELEASED, now));
        return DhcpAction.drop(DhcpReason.RELEASED);
    }

    private Optional<Lease> owned(Question question, Optional<IpAddress> address) {
        return address.flatMap(table::at).filter(lease -> lease.client().equals(question.client()));
    }

    private void quarantine(IpAddress address, DhcpPacket request, long now) {
        keep(new Lease(address, ClientKey.STRANGER, request.mac(), Lease.State.DECLINED, now + DECLINED_NANOS, ""));
    }

    private void keep(Lease lease) {
        table.put(lease);
        unsaved.put(lease.address(), lease);
    }

    private static Lease lease(Question question, IpAddress address, Lease.State state, long endsNanos) {
        String name = LeaseJournalCodec.name(question.request().options().text(OptionCode.HOST_NAME));
        return new Lease(address, question.client(), question.request().mac(), state, endsNanos, name);
    }

    private static int seconds(Question question) {
        long wanted = question.request().options().u32(OptionCode.LEASE_TIME).orElse(0L);
        return question.subnet().leaseFor(wanted);
    }
}
