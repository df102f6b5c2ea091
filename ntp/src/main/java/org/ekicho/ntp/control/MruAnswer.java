package org.ekicho.ntp.control;

import static org.ekicho.ntp.control.ValueFormat.hex;
import static org.ekicho.ntp.control.ValueFormat.time;

import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.access.ClientEntry;
import org.ekicho.ntp.access.RestrictFlag;
import org.ekicho.ntp.control.MruQuery.Seen;

/// One page of the client list, as ntpq's `mrulist` collects it: a new nonce, the row that it goes on after, rows from
/// the least to the most recently seen, and with the last row the time.
final class MruAnswer {
    private static final long NANOS = 1_000_000_000L;
    /// Room left in the last fragment for what ends the list.
    private static final int ENDING = 80;
    /// What the folding of lines can add to a row of six items.
    private static final int FOLDS = 10;

    private final MruQuery query;
    private final ControlSubject subject;
    private final String nextNonce;
    /// Oldest first.
    private final List<ClientEntry> clients;

    MruAnswer(MruQuery query, ControlSubject subject, String nextNonce) {
        this.query = query;
        this.subject = subject;
        this.nextNonce = nextNonce;
        this.clients = subject.clients().reversed();
    }

    /// The text; empty when none of the rows that the asker has is unchanged: it then asks again from an older one.
    Optional<String> text() {
        VariableText text = new VariableText().add("nonce", nextNonce);
        int next = Math.max(0, query.recent() == 0 ? 0 : clients.size() - query.recent());
        if (!query.seen().isEmpty()) {
            int confirmed = confirmed();
            if (confirmed < 0) {
                return Optional.empty();
            }
            text.add("last.older", time(clients.get(confirmed).lastNanos()))
                    .add("addr.older", clients.get(confirmed).client().toString());
            next = confirmed + 1;
        }
        addRows(text, next);
        return Optional.of(text.finish());
    }

    /// Where the first row stands that the asker has as we have it; -1 when there is none.
    private int confirmed() {
        for (Seen seen : query.seen()) {
            for (int i = 0; i < clients.size(); i++) {
                ClientEntry client = clients.get(i);
                if (client.client().toString().equals(seen.address())
                        && time(client.lastNanos()).equals(seen.last())) {
                    return i;
                }
            }
        }
        return -1;
    }

    private void addRows(VariableText text, int first) {
        int row = 0;
        int i = first;
        int room = query.fragments() * ControlCodec.MAX_DATA - ENDING;
        for (; i < clients.size() && row < query.rows(); i++) {
            if (isWanted(clients.get(i))) {
                if (text.length() + rowSize(clients.get(i), row) > room) {
                    break;
                }
                addRow(text, clients.get(i), row++);
            }
        }
        if (i == clients.size()) {
            text.add("now", time(subject.now().clockNanos()));
            if (row > 0) {
                text.add("last.newest", time(clients.getLast().lastNanos()));
            }
        }
    }

    private int rowSize(ClientEntry client, int row) {
        VariableText alone = new VariableText();
        addRow(alone, client, row);
        return alone.length() + FOLDS;
    }

    private static void addRow(VariableText text, ClientEntry client, int row) {
        text.add("addr." + row, client.client().toString())
                .add("last." + row, time(client.lastNanos()))
                .add("first." + row, time(client.firstNanos()))
                .add("ct." + row, Long.toString(client.count()))
                .add("mv." + row, Integer.toString(client.version() << 3 | client.mode()))
                .add("rs." + row, hex(classicFlags(client)));
    }

    private boolean isWanted(ClientEntry client) {
        int flags = classicFlags(client);
        long age = (subject.now().clockNanos() - client.lastNanos()) / NANOS;
        return client.count() >= query.leastCount()
                && (flags & query.allFlags()) == query.allFlags()
                && (query.anyFlags() == 0 || (flags & query.anyFlags()) != 0)
                && (query.oldest() == 0 || age <= query.oldest())
                && age >= query.youngest();
    }

    /// The bits of classic's `restrict` word (ntp.h of 4.2.8p11 and later). `limited` and `kod` are set when they
    /// struck the last packet, not when they merely apply.
    private static int classicFlags(ClientEntry client) {
        int flags = 0;
        for (RestrictFlag flag : RestrictFlag.values()) {
            flags |= flag.isIn(client.restrictFlags()) ? classicBit(flag) : 0;
        }
        boolean kissed = client.result() == NtpReason.RATE_KISSED;
        boolean limited = kissed || client.result() == NtpReason.RATE_LIMITED;
        return flags | (limited ? LIMITED : 0) | (kissed ? KOD : 0);
    }

    private static final int LIMITED = 0x40;
    private static final int KOD = 0x800;

    private static int classicBit(RestrictFlag flag) {
        return switch (flag) {
            case IGNORE -> 0x1;
            case NOSERVE -> 0x2;
            case NOTRUST -> 0x4;
            case VERSION -> 0x8;
            case NOPEER -> 0x10;
            case NOEPEER -> 0x20;
            case NOQUERY -> 0x80;
            case NOMODIFY -> 0x100;
            case NOTRAP -> 0x200;
            case LOWPRIOTRAP -> 0x400;
            case MSSNTP -> 0x1000;
            case FLAKE -> 0x2000;
            case NOMRULIST -> 0x4000;
            case LIMITED, KOD, SERVERRESPONSE, NTPPORT -> 0;
        };
    }
}
