package org.ekicho.ntp.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.access.RestrictFlag;
import org.ekicho.ntp.access.RestrictRule;
import org.ekicho.ntp.access.RestrictTable;
import org.ekicho.ntp.control.VariableNames.Item;
import org.ekicho.ntp.settings.TimeSettings;
import org.ekicho.ntp.view.AssociationView;
import org.ekicho.ntp.view.TimeView;
import org.ekicho.wire.Datagram;
import org.ekicho.wire.IpAddress;
import org.ekicho.wire.Moment;

/// Answers control queries (mode 6). Nothing can be changed by it: what writes is refused, whatever MAC it carries.
///
/// It answers this machine itself and the nets that a `restrict` line names without `noquery` (the server has applied
/// that list already; an address that no line names is refused here), and each address only up to [ControlBudget].
/// Belongs to one thread.
public final class ControlServer {
    private final TimeSettings settings;
    private final RestrictTable restricts;
    private final ControlIdentity identity;
    private final ControlNonce nonces;
    private final ControlBudget budget = new ControlBudget();
    private final ClientPicture clients = new ClientPicture();
    private long queries;

    /// @param settings whom to answer
    /// @param identity what to say of the program and the machine
    /// @param salt     16 or more random bytes of this start, for nonces
    public ControlServer(TimeSettings settings, ControlIdentity identity, byte[] salt) {
        this.settings = settings;
        this.restricts = new RestrictTable(settings.restricts());
        this.identity = identity;
        this.nonces = new ControlNonce(salt);
    }

    /// Decides about one query.
    public ControlAction answer(Datagram query, ControlFacts facts, Moment now) {
        if (!mayAsk(query)) {
            return new ControlAction.Drop(NtpReason.RESTRICT_NOQUERY);
        }
        if (!query.peer().isLoopback() && !budget.hasLeft(query.peer(), now.monotonicNanos())) {
            return new ControlAction.Drop(NtpReason.CONTROL_RATE_LIMITED);
        }
        Optional<ControlPacket> request =
                ControlCodec.decode(query.bytes, query.length).filter(ControlServer::isRequest);
        if (request.isEmpty()) {
            return new ControlAction.Drop(NtpReason.CONTROL_MALFORMED);
        }
        TimeView view = HostClockStandIn.in(facts.view());
        ControlSubject subject = new ControlSubject(settings, identity, facts, clients, view, now, ++queries);
        return switch (decide(request.get(), query, subject)) {
            case Outcome.Silence(NtpReason reason) -> new ControlAction.Drop(reason);
            case Outcome.Data(int status, String data) ->
                new ControlAction.Replies(fragments(request.get(), status, data, query), NtpReason.OK);
            case Outcome.Failure(ControlError error, NtpReason reason) ->
                new ControlAction.Replies(failure(request.get(), error, query), reason);
        };
    }

    /// What became of a query.
    private sealed interface Outcome {
        record Data(int status, String data) implements Outcome {}

        record Failure(ControlError error, NtpReason reason) implements Outcome {
            Failure(ControlError error) {
                this(error, NtpReason.CONTROL_MALFORMED);
            }
        }

        record Silence(NtpReason reason) implements Outcome {}
    }

    /// This machine itself (loopback, or a query that comes from the address it went to), or a net in the access list.
    private boolean mayAsk(Datagram query) {
        IpAddress asker = query.peer();
        boolean own = asker.isLoopback() || asker.equals(query.local());
        return own || settings.restricts().stream().anyMatch(rule -> names(rule, asker));
    }

    private static boolean names(RestrictRule rule, IpAddress asker) {
        return rule.prefix().contains(asker) && !RestrictFlag.NOQUERY.isIn(rule.flags());
    }

    /// Only whole, first messages: an answer that is answered would run in circles.
    private static boolean isRequest(ControlPacket packet) {
        return !packet.response()
                && !packet.error()
                && !packet.more()
                && packet.offset() == 0
                && packet.version() >= 1
                && packet.version() <= 4;
    }

    private Outcome decide(ControlPacket request, Datagram query, ControlSubject subject) {
        Optional<ControlOpcode> opcode = ControlOpcode.ofCode(request.opcode());
        if (opcode.isEmpty()) {
            return new Outcome.Failure(ControlError.BAD_OPCODE);
        }
        if (opcode.get().isRefused()) {
            return new Outcome.Failure(ControlError.PERMISSION, NtpReason.CONTROL_WRITE_REFUSED);
        }
        Optional<List<Item>> items = VariableNames.parse(request.data());
        if (items.isEmpty()) {
            return new Outcome.Failure(ControlError.BAD_FORMAT);
        }
        int id = request.associationId();
        return switch (opcode.get()) {
            case UNSPECIFIED -> status(id, subject);
            case READ_STATUS -> id == 0 ? associations(subject.view()) : status(id, subject);
            case READ_VARIABLES -> id == 0 ? system(items.get(), subject) : peer(id, items.get(), subject.view());
            case READ_CLOCK -> clock(id, items.get(), subject.view());
            case REQUEST_NONCE -> new Outcome.Data(0, "nonce=" + nonce(query, subject) + "\r\n");
            case READ_MRU -> clients(items.get(), query, subject);
            case WRITE_VARIABLES,
                    WRITE_CLOCK,
                    SET_TRAP,
                    ASYNC_MESSAGE,
                    CONFIGURE,
                    SAVE_CONFIG,
                    READ_ORDERED_LIST,
                    UNSET_TRAP -> new Outcome.Failure(ControlError.PERMISSION, NtpReason.CONTROL_WRITE_REFUSED);
        };
    }

    private static Outcome status(int id, ControlSubject subject) {
        if (id == 0) {
            return new Outcome.Data(StatusWord.ofSystem(subject.view()), "");
        }
        return subject.view()
                .find(id)
                .<Outcome>map(peer -> new Outcome.Data(StatusWord.ofPeer(peer), ""))
                .orElse(new Outcome.Failure(ControlError.BAD_ASSOCIATION));
    }

    /// Pairs of association id and status word, 16 bits each.
    private static Outcome associations(TimeView view) {
        StringBuilder pairs = new StringBuilder();
        for (AssociationView peer : view.associations()) {
            append16(pairs, peer.id());
            append16(pairs, StatusWord.ofPeer(peer));
        }
        return new Outcome.Data(StatusWord.ofSystem(view), pairs.toString());
    }

    private static void append16(StringBuilder bytes, int value) {
        bytes.append((char) (value >> 8 & 0xff)).append((char) (value & 0xff));
    }

    private static Outcome system(List<Item> items, ControlSubject subject) {
        return variables(SystemVariables.TABLE, items, subject, StatusWord.ofSystem(subject.view()));
    }

    private static Outcome peer(int id, List<Item> items, TimeView view) {
        return view.find(id)
                .map(peer -> variables(PeerVariables.TABLE, items, peer, StatusWord.ofPeer(peer)))
                .orElse(new Outcome.Failure(ControlError.BAD_ASSOCIATION));
    }

    /// Association 0 means the clock of this machine, whichever it is.
    private static Outcome clock(int id, List<Item> items, TimeView view) {
        return view.associations().stream()
                .filter(peer -> PeerVariables.isClock(peer) && (id == 0 || id == peer.id()))
                .findFirst()
                .map(clock -> variables(ClockVariables.TABLE, items, clock, 0))
                .orElse(new Outcome.Failure(ControlError.BAD_ASSOCIATION));
    }

    private static <T> Outcome variables(VariableTable<T> table, List<Item> items, T subject, int status) {
        if (items.isEmpty()) {
            return new Outcome.Data(status, table.all(subject));
        }
        return table.named(subject, items.stream().map(Item::name).toList())
                .<Outcome>map(text -> new Outcome.Data(status, text))
                .orElse(new Outcome.Failure(ControlError.UNKNOWN_VARIABLE));
    }

    private String nonce(Datagram query, ControlSubject subject) {
        return nonces.make(query.peerEndpoint(), subject.now().clockNanos());
    }

    /// Without a good nonce there is no answer at all, not even an error: the address may be forged.
    private Outcome clients(List<Item> items, Datagram query, ControlSubject subject) {
        String proof = items.stream()
                .filter(item -> item.name().equals("nonce"))
                .map(Item::value)
                .findFirst()
                .orElse("");
        if (!nonces.isGood(proof, query.peerEndpoint(), subject.now().clockNanos())) {
            return new Outcome.Silence(NtpReason.CONTROL_BAD_NONCE);
        }
        if (hidesClients(query)) {
            return new Outcome.Failure(ControlError.PERMISSION, NtpReason.RESTRICT_NOQUERY);
        }
        return MruQuery.of(items)
                .map(asked -> new MruAnswer(asked, subject, nonce(query, subject))
                        .text()
                        .<Outcome>map(text -> new Outcome.Data(0, text))
                        .orElse(new Outcome.Failure(ControlError.UNKNOWN_VARIABLE, NtpReason.OK)))
                .orElse(new Outcome.Failure(ControlError.BAD_VALUE));
    }

    private boolean hidesClients(Datagram query) {
        return RestrictFlag.NOMRULIST.isIn(restricts.flags(query.peerHigh, query.peerLow, query.peerPort));
    }

    private List<Datagram> fragments(ControlPacket request, int status, String data, Datagram query) {
        List<Datagram> fragments = new ArrayList<>();
        int offset = 0;
        do {
            int end = Math.min(data.length(), offset + ControlCodec.MAX_DATA);
            boolean more = end < data.length();
            fragments.add(toAsker(reply(request, false, more, status, offset, data.substring(offset, end)), query));
            offset = end;
        } while (offset < data.length());
        return fragments;
    }

    private List<Datagram> failure(ControlPacket request, ControlError error, Datagram query) {
        return List.of(toAsker(reply(request, true, false, error.code() << 8, 0, ""), query));
    }

    private static ControlPacket reply(
            ControlPacket request, boolean error, boolean more, int status, int offset, String data) {
        return new ControlPacket(
                request.version(),
                true,
                error,
                more,
                request.opcode(),
                request.sequence(),
                status,
                request.associationId(),
                offset,
                data);
    }

    private Datagram toAsker(ControlPacket reply, Datagram query) {
        byte[] bytes = ControlCodec.encode(reply);
        if (!query.peer().isLoopback()) {
            budget.spend(query.peer(), bytes.length);
        }
        Datagram datagram = new Datagram().payload(bytes).peer(query.peer(), query.peerPort);
        return datagram.local(query.local(), query.interfaceIndex);
    }
}
