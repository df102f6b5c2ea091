package org.ekicho.netboot.media.install;

/// Installers that understand the same arguments.
public enum InstallerEra {
    /// Enterprise Linux 3 to 5, Fedora up to 8.
    ANACONDA_5("Anaconda of EL5"),
    /// Enterprise Linux 6, Fedora 9 to 16.
    ANACONDA_6("Anaconda of EL6"),
    /// Enterprise Linux 7 and later, Fedora 17 and later: `inst.`, and the network by dracut.
    ANACONDA_7("Anaconda of EL7 and later"),
    /// Debian, and Ubuntu up to 20.04 with the old installer.
    DEBIAN("the Debian installer"),
    /// Ubuntu's live server installer.
    UBUNTU("Ubuntu's installer"),
    /// openSUSE and SLES up to 15: linuxrc.
    SUSE("YaST"),
    /// SLES and Leap 16.
    AGAMA("Agama");

    private final String words;

    InstallerEra(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
