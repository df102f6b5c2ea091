package org.ekicho.site.ntpconf;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ekicho.site.diagnostic.Diagnostic;

/// The keywords of classic ntpd that are understood and not carried out, each with the reason. An error where leaving
/// it out would weaken the site, else a warning.
final class NotHonoured {
    private static final Map<String, String> WARNINGS = Map.ofEntries(
            Map.entry(
                    "manycastserver",
                    "manycast is not supported: its replies to a group need the symmetric and "
                            + "pre-emptible associations of classic ntpd; name the server in a server line of its clients"),
            Map.entry(
                    "manycastclient",
                    "manycast is not supported: it finds servers by asking a group; name them in "
                            + "server lines, or follow a multicast by multicastclient"),
            Map.entry(
                    "statistics",
                    "statistics files are not written; ekicho time stat and the metrics show the " + "same numbers"),
            Map.entry("filegen", "statistics files are not written, so none are rotated"),
            Map.entry("logconfig", "the log is not cut down by event class; it holds changes of state only"),
            Map.entry("setvar", "variables of the operator's own are not kept; control queries show none"),
            Map.entry("phone", "modem reference clocks are not supported"),
            Map.entry("trap", "traps are never sent: they let a stranger aim traffic at others"),
            Map.entry("unpeer", "an association is removed by taking its line out"),
            Map.entry("unconfig", "an association is removed by taking its line out"),
            Map.entry("rlimit", "limits of memory and files are set by the service manager"),
            Map.entry("mru", "the list of clients has a fixed size"),
            Map.entry("saveconfigdir", "the configuration is never written over the network"),
            Map.entry("ntpsigndsocket", "signing for Windows domain members (MS-SNTP) is not supported"),
            Map.entry("mdnstries", "mDNS registration is not supported"),
            Map.entry("leapsmearinterval", "leap seconds are not smeared"),
            Map.entry("tick", "the kernel's tick is left alone"),
            Map.entry("nonvolatile", "the drift file is written when the frequency has changed enough"),
            Map.entry("keysdir", "Autokey is not supported, so its folder is not read"),
            Map.entry("revoke", "Autokey is not supported"),
            Map.entry("automax", "Autokey is not supported"),
            Map.entry("reset", "counters start anew with the service only"),
            Map.entry("device", "reference clock drivers are not supported"),
            Map.entry("pollskewlist", "poll intervals are spread by rules of our own"),
            Map.entry("simulate", "ntpd's simulator is not part of this program"),
            Map.entry("dscp", "packets carry DSCP 46 (EF) always"),
            Map.entry("precision", "the precision of the clock is measured"));

    private static final Map<String, String> ERRORS = Map.of(
            "crypto",
            "Autokey is broken and not supported; left out, its packets would go unauthenticated",
            "authenticate",
            "a word of ntp 3 that classic ntpd no longer reads; authentication would not be what it says");

    /// All of them, for suggestions.
    static final Set<String> KEYWORDS = keywords();

    private NotHonoured() {}

    private static Set<String> keywords() {
        Set<String> all = new TreeSet<>(WARNINGS.keySet());
        all.addAll(ERRORS.keySet());
        return Set.copyOf(all);
    }

    /// What to say of this keyword; empty when it is none of these.
    static Optional<Diagnostic> diagnose(Word keyword, List<Word> rest) {
        String warning = WARNINGS.get(keyword.text());
        if (warning != null) {
            return Optional.of(Diagnostic.warning(keyword.at(), keyword.text() + " is not honoured: " + warning));
        }
        String error = ERRORS.get(keyword.text());
        if (error == null) {
            return Optional.empty();
        }
        boolean off = keyword.is("authenticate")
                && rest.stream().anyMatch(w -> w.text().equals("no"));
        return Optional.of(Diagnostic.error(keyword.at(), keyword.text() + ": " + error)
                .expected(keyword.is("crypto") ? "symmetric keys" : "enable auth or disable auth")
                .example(keyword.is("crypto") ? "keys /etc/ntp/keys" : off ? "disable auth" : "enable auth"));
    }
}
