package org.ekicho.lab.peer;

import java.util.List;
import java.util.Optional;
import org.ekicho.lab.lan.Machine;
import org.ekicho.lab.lan.Outcome;

/// A real `ntpq` that asks the daemon of its own machine, over loopback as admins do.
public final class Ntpq {
    private final Machine machine;
    private final String program;

    private Ntpq(Machine machine, String program) {
        this.machine = machine;
        this.program = program;
    }

    /// The ntpq of ntpd 4.2.8p15.
    public static Ntpq classic(Machine machine) {
        return new Ntpq(machine, Programs.peer("ntpq-classic"));
    }

    /// The ntpq of NTPsec.
    public static Ntpq ntpsec(Machine machine) {
        return new Ntpq(machine, Programs.peer("ntpq-ntpsec"));
    }

    /// Asks without keeping the answer.
    public Outcome ask(String command) {
        return machine.run(program, "-n", "-c", command, "127.0.0.1");
    }

    /// Asks, and keeps the answer in the transcript.
    public Outcome show(String command) {
        return machine.show(program, "-n", "-c", command, "127.0.0.1");
    }

    /// The rows of `ntpq -c peers`.
    public List<PeerRow> peers() {
        return ask("peers").lines().stream()
                .flatMap(line -> PeerRow.parse(line).stream())
                .toList();
    }

    /// The row of a remote address.
    public Optional<PeerRow> peer(String remote) {
        return peers().stream().filter(row -> row.remote().equals(remote)).findFirst();
    }

    /// The rows of `ntpq -c associations`.
    public List<AssociationRow> associations() {
        return ask("associations").lines().stream()
                .flatMap(line -> AssociationRow.parse(line).stream())
                .toList();
    }

    /// One line of `peers`: `*192.168.55.1 .LOCL. 11 m 4 16 377 0.1 0.0 0.0`.
    ///
    /// @param tally the character in front: `*` for the system peer, a space for a rejected one
    /// @param type  the column `t`: `u` unicast, `b` receiver of broadcasts or multicasts, `M` sent multicast
    public record PeerRow(char tally, String remote, String refid, int stratum, String type, String reach) {
        static Optional<PeerRow> parse(String line) {
            if (line.length() < 20 || line.startsWith("===") || line.contains("refid")) return Optional.empty();
            String[] column = line.substring(1).strip().split("\\s+", -1);
            if (column.length < 7 || !column[2].matches("\\d+")) return Optional.empty();
            return Optional.of(new PeerRow(
                    line.charAt(0), column[0], column[1], Integer.parseInt(column[2]), column[3], column[6]));
        }
    }

    /// One line of `associations`: `1 11292 c811 yes none yes reject mobilize 1`.
    public record AssociationRow(
            String id, String status, String configured, String reach, String auth, String condition) {
        static Optional<AssociationRow> parse(String line) {
            String[] column = line.strip().split("\\s+", -1);
            if (column.length < 7 || !column[0].matches("\\d+") || !column[2].matches("[0-9a-f]{4}")) {
                return Optional.empty();
            }
            return Optional.of(new AssociationRow(column[1], column[2], column[3], column[4], column[5], column[6]));
        }
    }
}
