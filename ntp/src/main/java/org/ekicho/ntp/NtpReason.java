package org.ekicho.ntp;

import java.util.Locale;

/// Why a packet was used, refused or dropped: one value per cause, one sentence per value. Counters, status, log,
/// console and command line all show these and nothing else.
public enum NtpReason {
    /// A request that was answered, or a time packet that was used.
    OK("accepted"),

    // --- the bytes ---
    TOO_SHORT("shorter than the 48 bytes of an NTP header"),
    BAD_LENGTH("length is not a header followed by whole extension fields and one MAC"),
    BAD_VERSION("NTP version is not 1 to 4"),
    BAD_PORT("source port 0: there is nowhere to answer to"),
    UNEXPECTED_MODE("a mode that nobody asked us for: a reply without a request, or a reserved mode"),
    MODE_7("mode 7 (ntpdc) is never answered: it is an amplifier"),
    EXTENSION_WITH_WEAK_MAC("extension fields under an MD5 or SHA1 MAC are open to length extension (RFC 8573)"),

    // --- access list and rates ---
    RESTRICT_IGNORE("a restrict line says ignore for this address"),
    RESTRICT_NOSERVE("a restrict line says noserve for this address"),
    RESTRICT_NOTRUST("a restrict line says notrust for this address, and the packet had no good MAC"),
    RESTRICT_VERSION("a restrict line says version for this address, and the packet is not version 4"),
    RESTRICT_NOPEER("a restrict line says nopeer for this address, and the packet had no good MAC"),
    RESTRICT_NOEPEER("a restrict line says noepeer for this address, and the packet asks for symmetric mode"),
    RESTRICT_FLAKE("dropped by chance, as the restrict flag flake asks"),
    RATE_LIMITED("asked too often (discard minimum or average); dropped"),
    RATE_KISSED("asked too often; told so with a RATE kiss-o'-death"),
    INTERFACE_NOT_SERVED("came in by an interface that is not served"),
    NOT_UNICAST("a request sent to a broadcast or multicast address is not answered"),

    // --- authentication ---
    MISSING_MAC("no MAC, but one was required"),
    UNKNOWN_KEY("the key id is not in our key file"),
    UNTRUSTED_KEY("the key id is in our key file but not in trustedkey"),
    KEY_NOT_FOR_ADDRESS("the key id is bound to other addresses in our key file"),
    WRONG_KEY_ID("a MAC by another key than this association uses"),
    WRONG_MAC_LENGTH("the MAC is not as long as this key's digest"),
    BAD_MAC("the MAC does not match: the secret for this key id differs between the two machines"),
    CRYPTO_NAK("the server does not accept our key (crypto-NAK)"),

    // --- replies to our own requests ---
    BOGUS_ORIGIN("answers no request of ours: the origin timestamp is not the one we sent"),
    DUPLICATE("the same packet again"),
    UNSYNCHRONISED("the sender says that it is not synchronised itself"),
    STRATUM_OUT_OF_RANGE("the sender's stratum is outside of what we believe"),
    DISTANCE_TOO_LARGE("the sender's own error bound is too large"),
    SYNC_LOOP("the sender takes its time from us"),
    ZERO_TIMESTAMP("a timestamp that must be set is zero"),
    KISS_RATE("the server told us to ask less often (RATE)"),
    KISS_DENY("the server refuses to serve us (DENY or RSTR)"),
    KISS_OTHER("the server sent another kiss-o'-death code"),
    TIMED_OUT("no answer in time"),
    TOO_FAR("further from our clock than the panic limit"),

    // --- broadcast and multicast reception ---
    NOT_LISTENING("a broadcast or multicast packet, but receiving them is not configured"),
    GROUP_NOT_WANTED("sent to a group that is not configured"),
    REPLAY("not newer than the newest packet seen from this sender: a replay, or the sender's clock went back"),
    TOO_EARLY("came before the sender's interval was over"),
    TOO_OLD("stamped too far from our estimate of the sender's time: held back and sent again later"),
    POLL_OUT_OF_RANGE("the sender's interval is outside of what we accept"),
    TOO_MANY_ASSOCIATIONS("no room for another sender: the limit of broadcast associations is reached"),
    CONFIGURED_ALREADY("this sender is followed by unicast already"),
    DELAY_UNKNOWN("the delay to this sender is not measured yet"),
    VOLLEY_UNANSWERED("the sender does not answer unicast requests: firewall, route, or key missing there"),

    // --- control protocol ---
    RESTRICT_NOQUERY("control queries (ntpq) are not allowed from this address"),
    CONTROL_MALFORMED("a control query that is not well formed"),
    CONTROL_WRITE_REFUSED("control queries that change something are never carried out"),
    CONTROL_RATE_LIMITED("control queries came faster than is answered"),
    CONTROL_BAD_NONCE("a query for the client list without a fresh nonce: its sender's address may be forged");

    private final String sentence;

    NtpReason(String sentence) {
        this.sentence = sentence;
    }

    /// What happened, as the end of a sentence ("dropped: ...").
    public String sentence() {
        return sentence;
    }

    /// The name in metrics, JSON and logs: `bad-mac`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
