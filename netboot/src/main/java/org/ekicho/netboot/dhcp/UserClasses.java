package org.ekicho.netboot.dhcp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ekicho.wire.BigEndian;

/// Option 77. RFC 3004 says a row of lengths and texts; iPXE and others send one bare text.
final class UserClasses {
    private UserClasses() {}

    /// The classes; when the bytes are no row that fits exactly, all of them are one class.
    static List<String> decode(byte[] bytes) {
        List<String> classes = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int length = BigEndian.u8(bytes, at);
            if (length == 0 || at + 1 + length > bytes.length) return List.of(DhcpOptions.printable(bytes));
            classes.add(DhcpOptions.printable(Arrays.copyOfRange(bytes, at + 1, at + 1 + length)));
            at += 1 + length;
        }
        return classes;
    }
}
