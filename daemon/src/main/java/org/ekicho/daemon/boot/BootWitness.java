package org.ekicho.daemon.boot;

import java.util.Optional;
import org.ekicho.daemon.boot.ftp.FtpReports;
import org.ekicho.netboot.policy.BootDecision;
import org.ekicho.web.boot.BootRequest;
import org.ekicho.web.boot.BootSent;
import org.ekicho.wire.MacAddress;

/// Hears what the doors saw: the trace of each machine is made of it. Its methods return at once.
public interface BootWitness {
    /// It was decided what a machine gets.
    void decided(MacAddress mac, BootDecision decision);

    /// An answer by HTTP is over.
    ///
    /// @param mac whose, where that is known
    void served(BootRequest request, Optional<MacAddress> mac, BootSent sent);

    /// A file was asked for by FTP.
    ///
    /// @param mac whose, where that is known
    void fetched(FtpReports.Fetched file, Optional<MacAddress> mac);

    /// An installer, or the script of a medium, said how far it is.
    void reported(MacAddress mac, String step);

    /// Hears nothing.
    BootWitness NOBODY = new BootWitness() {
        @Override
        public void decided(MacAddress mac, BootDecision decision) {}

        @Override
        public void served(BootRequest request, Optional<MacAddress> mac, BootSent sent) {}

        @Override
        public void fetched(FtpReports.Fetched file, Optional<MacAddress> mac) {}

        @Override
        public void reported(MacAddress mac, String step) {}
    };
}
