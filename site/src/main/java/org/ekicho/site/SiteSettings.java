package org.ekicho.site;

import java.util.Optional;
import org.ekicho.mirror.settings.MirrorSettings;
import org.ekicho.netboot.settings.BootSettings;
import org.ekicho.ntp.settings.TimeSettings;

/// All that an operator decided about this server.
///
/// @param name           what the site is called
/// @param stateDirectory where state is kept that must outlive a restart
/// @param controlSocket  Unix socket by which the command line talks to the running service
/// @param time           the time service; empty: off
/// @param timeFiles      the files of the time service
/// @param mirror         the package mirror; empty: there is none
/// @param mirrorFiles    where its repositories were said
/// @param boot           network installation; empty: there is none
public record SiteSettings(
        String name,
        String stateDirectory,
        String controlSocket,
        Optional<TimeSettings> time,
        TimeFiles timeFiles,
        Optional<MirrorSettings> mirror,
        MirrorFiles mirrorFiles,
        Optional<BootSettings> boot) {
    public static final String DEFAULT_STATE_DIRECTORY = "/var/lib/ekicho";
    public static final String DEFAULT_CONTROL_SOCKET = "/run/ekicho/control.sock";

    /// A site whose mirror, if there is one, was said in no file.
    public SiteSettings(
            String name,
            String stateDirectory,
            String controlSocket,
            Optional<TimeSettings> time,
            TimeFiles timeFiles,
            Optional<MirrorSettings> mirror) {
        this(name, stateDirectory, controlSocket, time, timeFiles, mirror, MirrorFiles.NONE, Optional.empty());
    }

    /// A site of nothing but an ntp.conf.
    public static SiteSettings ofTime(TimeSettings time, TimeFiles files) {
        return new SiteSettings(
                "ntp.conf",
                DEFAULT_STATE_DIRECTORY,
                DEFAULT_CONTROL_SOCKET,
                Optional.of(time),
                files,
                Optional.empty());
    }

    /// Where the clock's frequency is kept: the file named, or `ntp.drift` in the state directory.
    public String driftFile() {
        return timeFiles.drift().orElse(stateDirectory + "/ntp.drift");
    }
}
