package org.ekicho.site.ntpconf;

import java.util.List;
import java.util.Optional;
import org.ekicho.ntp.settings.InterfaceRule;
import org.ekicho.ntp.settings.SourceSettings;
import org.ekicho.site.diagnostic.Position;
import org.ekicho.wire.IpPrefix;

/// One command of an ntp.conf that is well formed, with its place.
public sealed interface Statement {
    /// The keyword's place.
    Position at();

    /// `-4` or `-6` in front of an address.
    enum Family {
        ANY,
        V4,
        V6
    }

    /// `server`, `pool`, `peer`; reference clocks 127.127.t.u too.
    record Source(Position at, SourceSettings.Kind kind, Word host, Family family, Options options)
            implements Statement {
        /// The type of reference clock that 127.127.t.u names; 0 for a real host.
        public int clockType() {
            return Grammar.clockType(host.text());
        }
    }

    /// `broadcast ADDRESS`.
    record Broadcast(Position at, Word address, Options options) implements Statement {}

    /// `broadcastclient [novolley]`.
    record BroadcastClient(Position at, Volley volley) implements Statement {}

    /// Whether the delay is measured by unicast.
    enum Volley {
        MEASURE,
        NONE
    }

    /// `multicastclient [GROUP...]`.
    record MulticastClient(Position at, List<Word> groups) implements Statement {}

    /// `trustedkey`: numbers and `(1 ... 10)`.
    record TrustedKey(Position at, List<KeyRange> ranges) implements Statement {}

    /// Key ids from `first` to `last`, which are the same for a single number.
    record KeyRange(Position at, int first, int last) {
        public boolean contains(int id) {
            return id >= first && id <= last;
        }
    }

    /// `controlkey N` or `requestkey N`.
    record RemoteKey(Position at, String keyword, int id) implements Statement {}

    /// `restrict`.
    record Restrict(Position at, Target target, int flags, List<Word> flagWords, Optional<Integer> peerLimit)
            implements Statement {
        /// Whom a line is for.
        public sealed interface Target {
            /// `default`, of one or both families.
            record Default(Family family) implements Target {}

            /// An address or net.
            record Net(IpPrefix prefix) implements Target {}

            /// A host name.
            record Name(Word name, Family family) implements Target {}

            /// `source`: a template for the addresses of configured sources.
            record Sources() implements Target {}
        }
    }

    /// `enable` or `disable` with its flags.
    record Toggle(Position at, Turn turn, List<Word> flags) implements Statement {}

    /// The two words of a toggle.
    enum Turn {
        ENABLE,
        DISABLE
    }

    /// `fudge 127.127.t.u` with stratum and reference id.
    record Fudge(Position at, Word clock, Optional<Integer> stratum, Optional<Word> referenceId) implements Statement {}

    /// A keyword with a path: `keys`, `driftfile`, `logfile`, `statsdir`, `leapfile`, `pidfile`.
    record File(Position at, String keyword, Word path) implements Statement {}

    /// `interface` or `nic`.
    record Interface(Position at, InterfaceRule rule) implements Statement {}

    /// `tos`, `tinker` or `discard`: names with numbers.
    record Numbers(Position at, String keyword, List<Assignment> all) implements Statement {}

    /// One name with its number.
    record Assignment(Word name, double value) {}

    /// `broadcastdelay SECONDS`.
    record BroadcastDelay(Position at, double seconds) implements Statement {}

    /// `ttl`: hop limits by index.
    record TtlTable(Position at, List<Integer> limits) implements Statement {}

    /// A command that is known and not carried out; its reader has said why.
    record NotHonoured(Position at, String keyword) implements Statement {}
}
