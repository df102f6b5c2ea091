package org.ekicho.netboot.policy;

/// Why a machine is given what it is given. DHCP, TFTP, HTTP, `explain`, the trace and the log show the same sentence.
public enum BootReason {
    /// A person armed an install order for it, and the order has not been used.
    ORDERED("an install order for it is armed"),
    /// Nobody named it: it gets the menu.
    UNKNOWN_MACHINE("nobody has named this machine"),
    /// It is known, and nothing is to be installed.
    NOTHING_ORDERED("it is known and no install order is armed, so it starts from its own disk"),
    /// The order was there, and its time is over.
    ORDER_EXPIRED("its install order has expired"),
    /// The order was there, and its kernel has been fetched.
    ORDER_USED("its install order has been carried out once"),
    /// The order names a tree or profile that is not here.
    ORDER_BROKEN("its install order names something that is not here"),
    /// No loader for its architecture was collected.
    NO_LOADER("no loader for its architecture is here"),
    /// The packet does not come from firmware, loader or installer.
    NOT_BOOTING("it does not ask to boot"),
    /// The site answers known machines only.
    KNOWN_ONLY("only known machines are answered here");

    private final String sentence;

    BootReason(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
