package org.ekicho.netboot.dhcp;

/// Why a packet was answered as it was, or not at all. Trace, counters and log show the same sentence.
public enum DhcpReason {
    TOO_SHORT("it is too short for a DHCP packet"),
    NO_COOKIE("it is plain BOOTP, without the mark of DHCP"),
    NOT_ETHERNET("its hardware address is not Ethernet's"),
    GROUP_ADDRESS("its hardware address is a group's, which no machine has"),
    RELAY_TOO_LONG("its relay added more (option 82) than an answer can carry back"),
    FROM_A_SERVER("it is another server's answer"),
    NO_TYPE("it says nothing of what it is"),
    NOT_FOR_SERVERS("it is of a type that servers do not answer"),
    NOT_BOOTING("it does not ask to boot"),
    NO_ARCHITECTURE("it asks to boot and does not name its architecture"),
    POLICY("the boot policy keeps silent for it"),
    CANNOT_LOAD_SO("what it is to load cannot be had the way its firmware loads"),
    OTHER_SERVER("it chose another DHCP server"),
    NOT_OURS_TO_LEASE("addresses come from another DHCP server here"),
    NO_RETURN_ADDRESS("it has no address to answer to"),
    STOOD_DOWN("another DHCP server was heard here, so no addresses are given"),
    NO_SUBNET("no subnet is configured for where it is"),
    POOL_EXHAUSTED("no address is free in its subnet"),
    TOO_OFTEN("it asks too often"),
    CHECKING("the address it will get is being checked for a conflict"),
    NOT_KNOWN("it asks for an address that nothing is known of here"),
    WRONG_NET("it asks for an address of another subnet"),
    TAKEN("the address it asks for belongs to another machine"),
    DECLINED("it found its address in use by somebody else"),
    RELEASED("it gave its address back"),
    OWN_PROBE("it is our own search for other DHCP servers"),
    NOT_SAVED("its lease could not be written to disk"),
    ANSWERED("it was answered");

    private final String sentence;

    DhcpReason(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
