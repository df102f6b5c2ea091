package org.ekicho.netboot.dhcp;

/// Numbers of DHCP options (RFC 2132 unless said otherwise).
public final class OptionCode {
    public static final int PAD = 0;
    public static final int SUBNET_MASK = 1;
    public static final int ROUTER = 3;
    public static final int DNS = 6;
    public static final int HOST_NAME = 12;
    public static final int DOMAIN_NAME = 15;
    public static final int BROADCAST = 28;
    public static final int NTP = 42;
    /// Vendor-specific; for PXE: discovery control, boot servers, menu (PXE 2.1 §2.4.7).
    public static final int VENDOR_SPECIFIC = 43;
    public static final int REQUESTED_ADDRESS = 50;
    public static final int LEASE_TIME = 51;
    /// Says that `file` (1), `sname` (2) or both (3) hold options.
    public static final int OVERLOAD = 52;
    public static final int MESSAGE_TYPE = 53;
    public static final int SERVER_ID = 54;
    public static final int PARAMETER_LIST = 55;
    public static final int MESSAGE = 56;
    public static final int MAX_SIZE = 57;
    public static final int RENEWAL_TIME = 58;
    public static final int REBINDING_TIME = 59;
    public static final int VENDOR_CLASS = 60;
    public static final int CLIENT_ID = 61;
    public static final int TFTP_SERVER = 66;
    public static final int BOOT_FILE = 67;
    /// RFC 3004; iPXE sends the bare word.
    public static final int USER_CLASS = 77;
    /// Relay agent information, RFC 3046: echoed as it came, last.
    public static final int RELAY_AGENT = 82;
    /// RFC 4578 §2.1.
    public static final int CLIENT_ARCH = 93;
    /// Network interface type, RFC 4578 §2.2.
    public static final int CLIENT_NII = 94;
    /// Client machine identifier, RFC 4578 §2.3: a zero byte and the UUID.
    public static final int CLIENT_UUID = 97;
    /// iPXE's own, encapsulated.
    public static final int IPXE = 175;
    public static final int END = 255;

    /// In option 43: how boot servers are to be found; 8 = not at all, use the file of this packet.
    public static final int PXE_DISCOVERY_CONTROL = 6;
    /// In option 43: list of boot servers by type.
    public static final int PXE_BOOT_SERVERS = 8;
    /// In option 43: menu.
    public static final int PXE_MENU = 9;
    /// In option 43: prompt and its time-out.
    public static final int PXE_PROMPT = 10;
    /// In option 43: the item that was chosen.
    public static final int PXE_ITEM = 71;

    /// In option 82: the subnet that the client is on, where giaddr lies in another (RFC 3527).
    public static final int RELAY_LINK = 5;

    /// In option 175: of two answers that name a file iPXE takes the one with the greater number, 0 without.
    public static final int IPXE_PRIORITY = 1;
    /// In option 175: 1 = do not wait for a proxyDHCP offer.
    public static final int IPXE_NO_PROXY = 176;

    private OptionCode() {}
}
