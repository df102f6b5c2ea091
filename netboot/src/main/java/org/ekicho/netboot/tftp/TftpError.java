package org.ekicho.netboot.tftp;

/// Codes of ERROR packets (RFC 1350 appendix, RFC 2347).
public final class TftpError {
    public static final int OTHER = 0;
    public static final int NOT_FOUND = 1;
    public static final int ACCESS = 2;
    public static final int DISK_FULL = 3;
    public static final int ILLEGAL = 4;
    public static final int UNKNOWN_TRANSFER = 5;
    public static final int OPTIONS_REFUSED = 8;

    private TftpError() {}
}
