package org.ekicho.lab.peer;

import org.ekicho.lab.lan.Machine;

/// The key file of the tests, in the classic dialect, with one key of each kind that classic peers can verify.
public final class Keys {
    public static final String MD5 = "10";
    public static final String SHA1 = "11";
    public static final String AES = "12";

    private static final String RIGHT = """
            10 MD5 labsecret10
            11 SHA1 0102030405060708090a0b0c0d0e0f1011121314
            12 AES128CMAC 000102030405060708090a0b0c0d0e0f
            """;
    private static final String WRONG = """
            10 MD5 othersecret
            11 SHA1 ff02030405060708090a0b0c0d0e0f1011121314
            12 AES128CMAC ff0102030405060708090a0b0c0d0e0f
            """;

    private Keys() {}

    /// The path of a machine's key file with the secrets that all share.
    public static String right(Machine machine) {
        return machine.file("ntp.keys", RIGHT).toString();
    }

    /// The path of a key file with the same ids and other secrets.
    public static String wrong(Machine machine) {
        return machine.file("ntp.keys", WRONG).toString();
    }
}
