package org.ekicho.site.view;

import static org.ekicho.site.view.Columns.left;
import static org.ekicho.site.view.Columns.right;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.access.ClientEntry;
import org.ekicho.ntp.packet.NtpMode;

/// Who sent us packets: when last, how often, with which key, and what became of the last. Below the table a sentence
/// for every refusal in it.
///
/// ```
/// client           when every  packets answered   key v  last packet
/// ==============================================================================
/// 192.168.55.10       3   16m      240      240    10 4  answered
/// 192.168.55.11       9    64       12        0    11 4  bad-mac
/// ```
public final class ClientsText {
    private static final String HEADER =
            "client           when every  packets answered   key v  last packet\n" + "=".repeat(78) + "\n";
    private static final int NAME = 15;
    private static final long NANOS = 1_000_000_000L;

    private ClientsText() {}

    /// @param clients  in the order in which they are to stand
    /// @param nowNanos clock time for the `when` column
    public static String format(List<ClientEntry> clients, long nowNanos) {
        if (clients.isEmpty()) {
            return "Nobody has sent a packet yet.\n";
        }
        StringBuilder text = new StringBuilder(HEADER);
        Set<NtpReason> refusals = EnumSet.noneOf(NtpReason.class);
        for (ClientEntry client : clients) {
            appendRow(text, client, nowNanos);
            if (client.result() != NtpReason.OK) {
                refusals.add(client.result());
            }
        }
        return text.append(legend(refusals)).toString();
    }

    private static void appendRow(StringBuilder text, ClientEntry client, long nowNanos) {
        String name = client.client().address().toString();
        text.append(left(name, NAME));
        if (name.length() > NAME) {
            text.append('\n').append(" ".repeat(NAME));
        }
        text.append(right(Columns.since(client.lastNanos(), nowNanos), 6))
                .append(right(every(client), 6))
                .append(right(Long.toString(client.count()), 9))
                .append(right(Long.toString(client.answered()), 9))
                .append(right(client.keyId() == 0 ? "-" : Integer.toString(client.keyId()), 6))
                .append(right(Integer.toString(client.version()), 2))
                .append("  ")
                .append(
                        client.result() == NtpReason.OK
                                ? taken(client)
                                : client.result().label())
                .append('\n');
    }

    /// What a packet was that was not refused.
    private static String taken(ClientEntry client) {
        return switch (NtpMode.ofCode(client.mode())) {
            case RESERVED, SYMMETRIC_ACTIVE, CLIENT -> "answered";
            case SYMMETRIC_PASSIVE, SERVER -> "its reply to us";
            case BROADCAST -> "its broadcast";
            case CONTROL -> "a status query";
            case PRIVATE -> "an ntpdc query";
        };
    }

    /// The mean interval, `<1` when it is less than a second.
    private static String every(ClientEntry client) {
        if (client.count() < 2) {
            return "-";
        }
        long nanos = (client.lastNanos() - client.firstNanos()) / (client.count() - 1);
        return nanos < NANOS ? "<1" : Columns.interval(Math.round(nanos / (double) NANOS));
    }

    private static String legend(Set<NtpReason> refusals) {
        StringBuilder text = new StringBuilder();
        for (NtpReason reason : refusals) {
            text.append(text.isEmpty() ? "\n" : "")
                    .append(Sentences.wrapped(reason.label() + ": " + reason.sentence(), 0));
        }
        return text.toString();
    }
}
