package org.ekicho.daemon.control;

import java.util.List;
import java.util.Optional;
import org.ekicho.daemon.mirror.MirrorStatus;
import org.ekicho.daemon.supervision.Supervisor;
import org.ekicho.ntp.view.ReasonCount;

/// How the daemon fares.
///
/// @param version   `0.1.0`
/// @param pid       process id
/// @param file      the file that its settings came from; empty when they came from none
/// @param upSeconds since start
/// @param time      the time service; empty: it is switched off
/// @param jobs      its threads, with restarts and the last failure
/// @param mirror    the package mirror; empty: there is none
public record DaemonStatus(
        String version,
        long pid,
        String file,
        long upSeconds,
        Optional<TimeStatus> time,
        List<Supervisor.JobState> jobs,
        Optional<MirrorStatus> mirror) {
    public DaemonStatus {
        jobs = List.copyOf(jobs);
    }

    /// How the time service fares.
    ///
    /// @param sentence     the state of its time, in words
    /// @param clock        `observe`, `steer`, or why it is not steered although asked
    /// @param synchronised whether it serves time that it believes
    /// @param sockets      open sockets
    /// @param groups       groups joined, `224.0.1.1 on eth0`
    /// @param packets      packets by what became of them
    /// @param lost         what found no room in the engine's mailbox
    /// @param unsent       packets that the kernel did not take
    public record TimeStatus(
            String sentence,
            String clock,
            boolean synchronised,
            List<String> sockets,
            List<String> groups,
            List<ReasonCount> packets,
            long lost,
            long unsent) {
        public TimeStatus {
            sockets = List.copyOf(sockets);
            groups = List.copyOf(groups);
            packets = List.copyOf(packets);
        }
    }
}
