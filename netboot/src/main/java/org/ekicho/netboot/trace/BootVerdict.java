package org.ekicho.netboot.trace;

/// What is said of an attempt: one sentence and the next command to type. Words in braces are filled in from the
/// verdict's facts; `{mac}` is always there. The rows are those of PXE's usual failures, in the order of the way.
public enum BootVerdict {
    BOOTED("It booted{how}.", "ekicho boot watch"),
    BOOTED_SLOW("It booted{how}, but slowly: {slow}.", "ekicho boot explain {mac}"),
    INSTALLED("It was installed: it reported the end of its installation.", "ekicho boot watch"),
    GOING_ON("It is still under way: {stage}.", "ekicho boot watch"),
    LEFT_TO_DISK("It was told to start from its own disk: {why}.", "ekicho boot explain {mac}"),
    NOT_ANSWERED("It was deliberately not answered: {why}.", "ekicho boot explain {mac}"),

    NO_ANSWER(
            "It asked for an address {times} in {time} and nobody answered: no DHCP server hears it, or none may"
                    + " answer it.",
            "ekicho boot explain {mac}",
            Trouble.NETWORK),
    OFFER_NOT_HEARD(
            "It asked for an address {times} in {time}, was answered each time and took nothing: the answers do not"
                    + " reach it. Spanning tree holds its switch port back (switch on edge port, \"PortFast\"), or its"
                    + " port is in another VLAN.",
            "ekicho boot watch",
            Trouble.NETWORK),
    OTHER_DHCP_WON(
            "It took the offer of another DHCP server, {winner}, which does not send it to us.",
            "ekicho boot options --for isc",
            Trouble.NETWORK),
    ADDRESS_REFUSED(
            "DHCP server {server} refused the address that it asked for.",
            "ekicho boot explain {mac}",
            Trouble.NETWORK),
    OFFER_IGNORED(
            "It was given an address and a boot file and asked for nothing more: its firmware does not understand this"
                    + " form of offer, or it lost its link.",
            "ekicho boot explain {mac}",
            Trouble.FORM),
    PORT_4011_CLOSED(
            "It asked the boot service on port 4011 of {server} {times} and got no answer: UDP port 4011 is closed or"
                    + " filtered, or a DHCP server sends option 60 without option 43.",
            "nft list ruleset | grep -n 4011",
            Trouble.FORM),
    WRONG_NEXT_SERVER(
            "It asks for the hardware address of {wanted}, which nobody has: a wrong next-server, given by DHCP server"
                    + " {giver}.",
            "ekicho boot options --for isc",
            Trouble.NETWORK),

    FILE_MISSING("The file \"{file}\" does not exist in the boot index{nearest}.", "ekicho boot loaders", Trouble.FILE),
    TFTP_REFUSED("TFTP refused the file \"{file}\": {message}.", "ekicho boot explain {mac}", Trouble.FILE),
    TFTP_ANSWERS_LOST(
            "It asked for \"{file}\" {times} and our TFTP answers, which come from high ports, do not arrive: a"
                    + " firewall between us. Use single-port mode or open the ports.",
            "nft list ruleset | grep -n udp",
            Trouble.PORTS),
    TFTP_ANSWERS_LOST_ON_ONE_PORT(
            "It asked for \"{file}\" {times} and our TFTP answers do not arrive although they come from port 69: UDP is"
                    + " filtered on the way, or it does not understand our option answer.",
            "nft list ruleset | grep -n udp",
            Trouble.PORTS),
    FULL_BLOCKS_LOST(
            "Small answers arrive, full blocks of {block} bytes do not: a smaller MTU on the way, or a filter of"
                    + " fragments. Use a smaller block size.",
            "ping -M do -c 3 -s {payload} {address}",
            Trouble.BLOCKS),
    ROLL_OVER(
            "The transfer of \"{file}\" ended at block 65535: it cannot count on from there. Use larger blocks or"
                    + " HTTP.",
            "ekicho boot explain {mac}",
            Trouble.COUNT),
    LOSSY(
            "The transfer of \"{file}\" broke off after {blocks} blocks, {resent} of them sent again: packets are lost"
                    + " on the way (duplex mismatch, bad cable, congestion).",
            "ping -c 100 -i 0.2 -s 1400 {address}",
            Trouble.LOSS),

    TFTP_GIVEN_UP(
            "It began to fetch \"{file}\" by TFTP and gave up before the first block: {message}.",
            "ekicho boot explain {mac}",
            Trouble.FILE),
    HTTP_BOOT_STOPPED(
            "Its firmware asked for \"{file}\" by HTTP, got status {status} and fetched nothing.",
            "ekicho boot explain {mac}",
            Trouble.FILE),

    WRONG_ARCHITECTURE(
            "It fetched \"{file}\" and refused it: that is {made}, and the machine is {machine}.",
            "ekicho boot explain {mac}",
            Trouble.PROGRAM),
    SECURE_BOOT(
            "It fetched \"{file}\" and refused it: Secure Boot takes signed programs only, and that one is not signed."
                    + " Use the distribution's signed shim and GRUB.",
            "ekicho boot loaders",
            Trouble.PROGRAM),
    PROGRAM_REFUSED(
            "It fetched \"{file}\" and refused it: a program for another architecture, one that Secure Boot does not"
                    + " take, or a damaged one.",
            "ekicho boot loaders",
            Trouble.PROGRAM),
    LOADER_NEVER_CAME(
            "It fetched \"{file}\" and was never heard of again: that loader has no driver for its network card, or"
                    + " lost the link.",
            "ekicho boot loaders",
            Trouble.PROGRAM),
    LOADER_SILENT(
            "Its loader took an address and fetched nothing: it was told no file, or waits for someone.",
            "ekicho boot explain {mac}",
            Trouble.PROGRAM),
    LOADER_LOOP(
            "Its loader loads itself again and again ({times}): DHCP gives iPXE the file that is meant for firmware.",
            "ekicho boot options --for isc",
            Trouble.FILE),
    LOADER_FILE_MISSING(
            "Its loader asked for \"{file}\" and got status {status}.", "ekicho boot explain {mac}", Trouble.FILE),

    RAM_TOO_SMALL(
            "It fetched kernel and initrd and was never heard of again: it has {ram} MB of memory and needs about"
                    + " {need} MB.",
            "ekicho boot tree check",
            Trouble.AFTER),
    INSTALLER_NEVER_CAME(
            "It fetched kernel and initrd and was never heard of again: too little memory (this initrd needs about"
                    + " {need} MB), a kernel panic, or no driver for its network card in the initrd.",
            "ekicho boot tree check",
            Trouble.AFTER),
    INSTALLER_SILENT(
            "Its installer took an address and fetched nothing: wrong source URL, no DNS, or it chose another network"
                    + " card.",
            "ekicho boot explain {mac}",
            Trouble.AFTER),
    INSTALLER_NO_SOURCE(
            "Its installer asked for \"{file}\" of its source and got status {status}.",
            "ekicho boot tree check",
            Trouble.AFTER),
    ANSWER_MISSING(
            "Its installer asked for the answer file \"{file}\" and got status {status}.",
            "ekicho boot explain {mac}",
            Trouble.AFTER),
    ANSWER_REFUSED(
            "Its installer asked for the answer file \"{file}\" and was refused with status {status}: the order has"
                    + " expired, was used before, or belongs to another machine.",
            "ekicho boot orders",
            Trouble.AFTER),
    INSTALL_FAILED("Its installation reported a failure: {text}.", "ekicho boot explain {mac}", Trouble.AFTER),
    RESTARTS(
            "It was installed and started from the network again: its boot order still has the network first, and it"
                    + " was not sent on to its disk.",
            "ekicho boot orders",
            Trouble.AFTER);

    /// What kind of trouble it is: decides which change the next attempt makes.
    public enum Trouble {
        NONE,
        /// Lies in the network or in another server: nothing that we send differently helps.
        NETWORK,
        /// The form of the offer.
        FORM,
        /// The name of a file.
        FILE,
        /// Ports that TFTP answers from.
        PORTS,
        /// The size of blocks.
        BLOCKS,
        /// The number of blocks.
        COUNT,
        LOSS,
        /// The boot program.
        PROGRAM,
        /// After kernel and initrd were fetched.
        AFTER
    }

    private final String sentence;
    private final String command;
    private final Trouble trouble;

    BootVerdict(String sentence, String command) {
        this(sentence, command, Trouble.NONE);
    }

    BootVerdict(String sentence, String command, Trouble trouble) {
        this.sentence = sentence;
        this.command = command;
        this.trouble = trouble;
    }

    /// The sentence with its words in braces.
    public String sentence() {
        return sentence;
    }

    /// The next command with its words in braces.
    public String command() {
        return command;
    }

    public Trouble trouble() {
        return trouble;
    }

    /// True when something went wrong.
    public boolean isFailure() {
        return trouble != Trouble.NONE;
    }

    /// True when a medium helps: the way over the network to the first program, or that program, is what failed.
    public boolean mediumHelps() {
        return switch (trouble) {
            case NONE, AFTER -> false;
            case NETWORK, FORM, FILE, PORTS, BLOCKS, COUNT, LOSS, PROGRAM -> true;
        };
    }

    /// How far a machine had come that fails so: of several failures the furthest says most.
    int depth() {
        return switch (this) {
            case BOOTED, BOOTED_SLOW, INSTALLED, GOING_ON, LEFT_TO_DISK, NOT_ANSWERED, NO_ANSWER -> 0;
            case OFFER_NOT_HEARD, OTHER_DHCP_WON, ADDRESS_REFUSED -> 1;
            case OFFER_IGNORED, PORT_4011_CLOSED, WRONG_NEXT_SERVER -> 2;
            case FILE_MISSING, TFTP_REFUSED, TFTP_ANSWERS_LOST, TFTP_ANSWERS_LOST_ON_ONE_PORT -> 3;
            case TFTP_GIVEN_UP, HTTP_BOOT_STOPPED -> 3;
            case FULL_BLOCKS_LOST, ROLL_OVER, LOSSY -> 4;
            case WRONG_ARCHITECTURE, SECURE_BOOT, PROGRAM_REFUSED, LOADER_NEVER_CAME -> 5;
            case LOADER_SILENT, LOADER_LOOP, LOADER_FILE_MISSING -> 6;
            case RAM_TOO_SMALL, INSTALLER_NEVER_CAME -> 7;
            case INSTALLER_SILENT, INSTALLER_NO_SOURCE, ANSWER_MISSING, ANSWER_REFUSED -> 8;
            case INSTALL_FAILED, RESTARTS -> 9;
        };
    }
}
