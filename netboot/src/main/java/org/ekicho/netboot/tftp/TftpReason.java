package org.ekicho.netboot.tftp;

/// Why a transfer ended or a request was refused. Trace, log, counters and JSON show the same sentence.
public enum TftpReason {
    COMPLETE("the whole file arrived and was acknowledged"),
    /// Some ROMs start the program without acknowledging its last block.
    COMPLETE_UNCONFIRMED(
            "every block was sent; only the last acknowledgement is missing, as some boot ROMs leave it away"),
    PROBED("the client only asked for the size and stopped, as firmware does before it loads"),
    CLIENT_STOPPED("the client stopped the transfer with an error"),
    CLIENT_REFUSED_OPTIONS("the client did not accept our answer to its options"),
    CLIENT_FULL("the client has no room for the file"),
    CLIENT_GONE("the client's port is closed: it has given up or was restarted"),
    NO_ANSWER("the first answer was never acknowledged: it does not arrive, or the client does not understand it"),
    BLOCKS_LOST("the options were acknowledged, but no block ever was: full blocks do not arrive, small packets do"),
    LOST("acknowledgements stopped in the middle of the file"),
    ROLL_OVER("acknowledgements stopped at block 65535: the client cannot count on; it needs larger blocks or HTTP"),
    REPLACED("the client began anew from the same port"),
    NOT_FOUND("no file of this name is in the boot index"),
    NOT_FOUND_EXPECTED("no file of this name is here; the loader asks for it in passing and goes on without it"),
    WRITE_REFUSED("nothing can be written here"),
    BAD_MODE("files are sent as they are: ask in octet mode (`binary` in the tftp command)"),
    MALFORMED("not a TFTP packet that can be understood"),
    NOT_A_REQUEST("a packet of no transfer that we know"),
    NOT_SERVED("this address is not served"),
    TOO_MANY("as many transfers as the server allows are under way"),
    TOO_MANY_FROM_ADDRESS("as many transfers as one address may have are under way"),
    UNREADABLE("the file could not be read on the server"),
    NO_SOCKET("the server could not open a port for the transfer"),
    STOPPED("the server was stopped");

    private final String sentence;

    TftpReason(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }

    /// True for the ends that need no attention.
    public boolean isGood() {
        return switch (this) {
            case COMPLETE, COMPLETE_UNCONFIRMED, PROBED, NOT_FOUND_EXPECTED, REPLACED, STOPPED -> true;
            default -> false;
        };
    }
}
