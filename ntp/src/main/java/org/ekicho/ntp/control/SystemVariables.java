package org.ekicho.ntp.control;

import static org.ekicho.ntp.control.ValueFormat.decimals;
import static org.ekicho.ntp.control.ValueFormat.fineMillis;
import static org.ekicho.ntp.control.ValueFormat.hex;
import static org.ekicho.ntp.control.ValueFormat.millis;
import static org.ekicho.ntp.control.ValueFormat.quoted;
import static org.ekicho.ntp.control.ValueFormat.time;

import java.util.List;
import org.ekicho.ntp.NtpReason;
import org.ekicho.ntp.access.ClientTable;
import org.ekicho.ntp.control.VariableTable.Shown;
import org.ekicho.ntp.packet.NtpMode;
import org.ekicho.ntp.server.ServerState;
import org.ekicho.ntp.view.AssociationView;

/// What can be asked of the system (association 0), in the order in which all of it is told.
///
/// ntpstat (the C program) reads the first 468 bytes only and searches them for `stratum=`, `refid=`, `rootdisp=`,
/// `rootdelay=` and `tc=`; so these stand early, and `tc` before `mintc`, in which its name is hidden too.
///
/// Where classic counts something that does not exist here (timer overruns, expired Autokey keys, PPS), the value is
/// zero, because one missing name makes the whole command of ntpq fail.
final class SystemVariables {
    /// The fastest poll that the discipline takes, log2 seconds: classic's NTP_MINPOLL.
    private static final int MIN_TIME_CONSTANT = 3;
    /// What the kernel's clock can be corrected by, ppm (Linux MAXFREQ).
    private static final int FREQUENCY_TOLERANCE = 500;

    /// The greatest error bound that is told, seconds (RFC 5905 MAXDISP).
    private static final double MAX_DISPERSION = 16;

    static final VariableTable<ControlSubject> TABLE = new VariableTable<>();

    static {
        addState(TABLE);
        addPacketCounts(TABLE);
        addClientList(TABLE);
        addKeys(TABLE);
        addInputOutput(TABLE);
        addKernel(TABLE);
        addZeros(TABLE);
    }

    private SystemVariables() {}

    /// `rv` and `sysinfo`.
    private static void addState(VariableTable<ControlSubject> table) {
        table.add("version", it -> quoted(it.identity().version()))
                .add("processor", it -> quoted(it.identity().processor()))
                .add("system", it -> quoted(it.identity().system()))
                .add("leap", it -> it.view().state().leap().code())
                .add("stratum", it -> it.view().state().stratum())
                .add("precision", it -> it.view().state().precision())
                .add("rootdelay", it -> millis(it.view().state().rootDelay()))
                .add("rootdisp", it -> millis(rootDispersion(it)))
                .add("refid", SystemVariables::referenceId)
                .add("reftime", it -> time(it.view().state().referenceNanos()))
                .add("clock", it -> time(it.now().clockNanos()))
                .add("peer", it -> it.systemPeer().map(AssociationView::id).orElse(0))
                .add("tc", it -> it.view().systemPoll())
                .add("mintc", it -> MIN_TIME_CONSTANT)
                .add("offset", it -> fineMillis(it.view().offsetSeconds()))
                .add("frequency", it -> decimals(it.view().frequencyPpm(), 3))
                .add("sys_jitter", it -> fineMillis(it.view().systemJitter()))
                .add("clk_jitter", it -> millis(it.view().clockJitter()))
                .add("clk_wander", it -> decimals(it.view().clockWander(), 3))
                .add(Shown.ON_REQUEST, "rootdist", it -> millis(rootDistance(it)))
                .add(Shown.ON_REQUEST, "peeradr", SystemVariables::peerAddress)
                .add(
                        Shown.ON_REQUEST,
                        "peermode",
                        it -> it.systemPeer().map(PeerVariables::hostMode).orElse(0))
                .add(Shown.ON_REQUEST, "bcastdelay", it -> millis(it.view().broadcastDelay()))
                .add(Shown.ON_REQUEST, "authdelay", it -> millis(0))
                .add(Shown.ON_REQUEST, "tai", it -> 0)
                .add(Shown.ON_REQUEST, "leapsec", it -> time(0))
                .add(Shown.ON_REQUEST, "expire", it -> time(0));
    }

    /// `sysstats`. By version only the packets of those clients are told apart that are remembered, by their last one.
    private static void addPacketCounts(VariableTable<ControlSubject> table) {
        for (String span : List.of("", "_r")) {
            count(table, "ss_reset" + span, ControlSubject::uptime);
            count(table, "ss_received" + span, ControlSubject::countAll);
            count(table, "ss_thisver" + span, it -> countVersions(it, 4, 7));
            count(table, "ss_oldver" + span, it -> countVersions(it, 0, 3));
            count(table, "ss_ver1" + span, it -> countVersions(it, 1, 1));
            count(table, "ss_ver1client" + span, it -> countVersions(it, 1, 1));
            count(table, "ss_ver1zero" + span, it -> 0);
            count(table, "ss_ver1symm" + span, it -> 0);
            count(table, "ss_badformat" + span, it -> it.count(MALFORMED));
            count(table, "ss_badauth" + span, it -> it.count(BAD_AUTH));
            count(table, "ss_declined" + span, it -> it.count(NtpReason.UNEXPECTED_MODE, NtpReason.NOT_UNICAST));
            count(table, "ss_restricted" + span, it -> it.count(RESTRICTED));
            count(table, "ss_limited" + span, it -> it.count(NtpReason.RATE_LIMITED, NtpReason.RATE_KISSED));
            count(table, "ss_kodsent" + span, it -> it.count(NtpReason.RATE_KISSED));
            count(table, "ss_processed" + span, it -> it.count(NtpReason.OK));
        }
        count(table, "ss_uptime", ControlSubject::uptime);
        count(table, "ss_numctlreq", ControlSubject::queries);
    }

    private static final NtpReason[] MALFORMED = {
        NtpReason.TOO_SHORT, NtpReason.BAD_LENGTH, NtpReason.BAD_VERSION, NtpReason.EXTENSION_WITH_WEAK_MAC
    };
    private static final NtpReason[] BAD_AUTH = {
        NtpReason.MISSING_MAC,
        NtpReason.UNKNOWN_KEY,
        NtpReason.UNTRUSTED_KEY,
        NtpReason.KEY_NOT_FOR_ADDRESS,
        NtpReason.WRONG_KEY_ID,
        NtpReason.WRONG_MAC_LENGTH,
        NtpReason.BAD_MAC
    };
    private static final NtpReason[] RESTRICTED = {
        NtpReason.RESTRICT_IGNORE,
        NtpReason.RESTRICT_NOSERVE,
        NtpReason.RESTRICT_NOTRUST,
        NtpReason.RESTRICT_VERSION,
        NtpReason.RESTRICT_NOPEER,
        NtpReason.RESTRICT_FLAKE,
        NtpReason.RESTRICT_NOQUERY,
        NtpReason.INTERFACE_NOT_SERVED
    };

    /// `monstats`.
    private static void addClientList(VariableTable<ControlSubject> table) {
        count(table, "mru_depth", it -> it.clients().size());
        count(table, "mru_deepest", it -> it.clients().size());
        count(table, "mru_maxdepth", it -> ClientTable.CAPACITY);
        count(table, "mru_hashslots", it -> ClientTable.CAPACITY);
        count(table, "mru_exists", it -> it.clients().size());
        count(table, "mru_oldest_age", SystemVariables::oldestClientAge);
        table.add(Shown.ON_REQUEST, "mru_enabled", it -> hex(it.settings().monitor() ? 1 : 0));
    }

    /// `authinfo`.
    private static void addKeys(VariableTable<ControlSubject> table) {
        count(table, "authreset", ControlSubject::uptime);
        count(table, "authkeys", it -> it.settings().keys().keys().size());
        count(table, "authknotfound", it -> it.count(NtpReason.UNKNOWN_KEY, NtpReason.UNTRUSTED_KEY));
        count(table, "authdigestfails", it -> it.count(NtpReason.BAD_MAC));
    }

    /// `iostats`.
    private static void addInputOutput(VariableTable<ControlSubject> table) {
        count(table, "iostats_reset", ControlSubject::uptime);
        count(table, "timerstats_reset", ControlSubject::uptime);
        count(table, "io_received", ControlSubject::countAll);
        count(table, "io_sent", ControlSubject::sent);
    }

    /// `kerninfo`: what of it we know ourselves.
    private static void addKernel(VariableTable<ControlSubject> table) {
        table.add(Shown.ON_REQUEST, "koffset", it -> fineMillis(0))
                .add(Shown.ON_REQUEST, "kfreq", it -> decimals(it.view().frequencyPpm(), 3))
                .add(Shown.ON_REQUEST, "kmaxerr", it -> millis(rootDistance(it)))
                .add(Shown.ON_REQUEST, "kesterr", it -> fineMillis(it.view().systemJitter()))
                .add(
                        Shown.ON_REQUEST,
                        "kstflags",
                        it -> quoted(it.view().state().isSynchronised() ? "" : "unsync"))
                .add(Shown.ON_REQUEST, "ktimeconst", it -> it.view().systemPoll())
                .add(
                        Shown.ON_REQUEST,
                        "kprecis",
                        it -> fineMillis(Math.scalb(1.0, it.view().state().precision())))
                .add(Shown.ON_REQUEST, "kfreqtol", it -> FREQUENCY_TOLERANCE);
    }

    private static void addZeros(VariableTable<ControlSubject> table) {
        String names = """
                mru_mindepth mru_maxage mru_minage mru_mem mru_maxmem mru_new mru_recycleold mru_recyclefull mru_none
                authfreek authklookups authkuncached authkexpired authencrypts authdecrypts
                authdigestencrypts authcmacencrypts authdigestdecrypts authcmacdecrypts authcmacfails
                total_rbuf free_rbuf used_rbuf rbuf_lowater io_dropped io_ignored io_sendfailed io_wakeups
                io_goodwakeups timer_overruns timer_xmts
                kppsfreq kppsstab kppsjitter kppscalibdur kppscalibs kppsjitexc kppsstbexc kppscaliberrs
                nts_client_send nts_client_recv_good nts_client_recv_bad nts_server_recv_good nts_server_recv_bad
                nts_server_send nts_cookie_make nts_cookie_decode nts_cookie_decode_old nts_cookie_decode_old2
                nts_cookie_decode_older nts_cookie_decode_too_old nts_cookie_decode_error nts_ke_probes_good
                nts_ke_probes_bad nts_ke_serves_good nts_ke_serves_bad
                """;
        for (String name : names.strip().split("\\s+", -1)) {
            count(table, name, it -> 0);
        }
    }

    /// A number that may be asked for by name.
    private interface Count {
        long of(ControlSubject subject);
    }

    private static void count(VariableTable<ControlSubject> table, String name, Count count) {
        table.add(Shown.ON_REQUEST, name, count::of);
    }

    /// The error bound in seconds now. A state that was never set by a source grows from the start of the service.
    private static double rootDispersion(ControlSubject it) {
        ServerState state = it.view().state();
        double bound = state.updatedNanos() == 0
                ? state.rootDispersion() + it.uptime() * ServerState.PHI
                : state.rootDispersionAt(it.now().clockNanos());
        return Math.min(bound, MAX_DISPERSION);
    }

    private static double rootDistance(ControlSubject it) {
        return it.view().state().rootDelay() / 2 + rootDispersion(it);
    }

    private static String referenceId(ControlSubject it) {
        return ValueFormat.referenceId(
                it.view().state().referenceId(), it.view().state().stratum());
    }

    private static String peerAddress(ControlSubject it) {
        return it.systemPeer().map(peer -> peer.remote().toString()).orElse("0.0.0.0:0");
    }

    private static long countVersions(ControlSubject it, int least, int most) {
        return it.clients().stream()
                .filter(client -> client.mode() <= NtpMode.BROADCAST.code())
                .filter(client -> client.version() >= least && client.version() <= most)
                .mapToLong(client -> client.count())
                .sum();
    }

    private static long oldestClientAge(ControlSubject it) {
        return it.clients().stream()
                        .mapToLong(client -> it.now().clockNanos() - client.lastNanos())
                        .max()
                        .orElse(0)
                / 1_000_000_000L;
    }
}
