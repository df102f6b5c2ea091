package org.ekicho.host.net;

import static org.ekicho.host.net.NetlinkMessage.Bytes.INT;
import static org.ekicho.host.net.NetlinkMessage.Bytes.SHORT;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One message of the kernel's routing netlink (rtnetlink(7)), in the byte order of the machine.
///
/// ```
/// header (16)    0 length   4 type (2)   6 flags (2)   8 sequence   12 port
/// attribute (4)  0 length (2)   2 type (2)   4 value, padded to 4
/// ```
final class NetlinkMessage {
    static final int HEADER = 16;
    static final int NLMSG_ERROR = 2;
    static final int NLMSG_DONE = 3;
    static final int RTM_NEWLINK = 16;
    static final int RTM_GETLINK = 18;
    static final int RTM_NEWADDR = 20;
    static final int RTM_GETADDR = 22;
    static final int RTM_NEWROUTE = 24;
    static final int RTM_GETROUTE = 26;
    static final int NLM_F_REQUEST = 0x1;
    static final int NLM_F_DUMP = 0x300;
    private static final int ATTRIBUTE = 4;
    /// NLA_F_NESTED and NLA_F_NET_BYTEORDER lie above the type.
    private static final int TYPE_MASK = 0x3fff;

    private final int type;
    private final int sequence;
    private final byte[] body;

    private NetlinkMessage(int type, int sequence, byte[] body) {
        this.type = type;
        this.sequence = sequence;
        this.body = body;
    }

    /// Numbers in the byte order of the kernel.
    static final class Bytes {
        static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
        static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

        private Bytes() {}
    }

    /// The messages in the first `length` bytes; whatever follows a header that cannot be right is left out.
    static List<NetlinkMessage> decode(byte[] buffer, int length) {
        List<NetlinkMessage> messages = new ArrayList<>();
        int at = 0;
        while (length - at >= HEADER) {
            int size = (int) INT.get(buffer, at);
            if (size < HEADER || size > length - at) {
                break;
            }
            messages.add(new NetlinkMessage(
                    (short) SHORT.get(buffer, at + 4) & 0xffff,
                    (int) INT.get(buffer, at + 8),
                    Arrays.copyOfRange(buffer, at + HEADER, at + size)));
            at += Math.min(aligned(size), length - at);
        }
        return messages;
    }

    /// A request with this body.
    static byte[] encode(int type, int flags, int sequence, byte[] body) {
        byte[] message = new byte[HEADER + body.length];
        INT.set(message, 0, message.length);
        SHORT.set(message, 4, (short) type);
        SHORT.set(message, 6, (short) flags);
        INT.set(message, 8, sequence);
        System.arraycopy(body, 0, message, HEADER, body.length);
        return message;
    }

    int type() {
        return type;
    }

    int sequence() {
        return sequence;
    }

    /// Bytes of the body.
    int length() {
        return body.length;
    }

    int u8(int at) {
        return body[at] & 0xff;
    }

    int i32(int at) {
        return (int) INT.get(body, at);
    }

    /// The attributes that follow a fixed part of `skip` bytes.
    Map<Integer, byte[]> attributes(int skip) {
        return attributes(body, skip);
    }

    /// Attributes by type; the last of a type counts, and a length that cannot be right ends the list.
    static Map<Integer, byte[]> attributes(byte[] bytes, int start) {
        Map<Integer, byte[]> attributes = new HashMap<>();
        int at = start;
        while (bytes.length - at >= ATTRIBUTE) {
            int size = (short) SHORT.get(bytes, at) & 0xffff;
            if (size < ATTRIBUTE || size > bytes.length - at) {
                break;
            }
            int attribute = (short) SHORT.get(bytes, at + 2) & TYPE_MASK;
            attributes.put(attribute, Arrays.copyOfRange(bytes, at + ATTRIBUTE, at + size));
            at += Math.min(aligned(size), bytes.length - at);
        }
        return attributes;
    }

    private static int aligned(int size) {
        return size + 3 & ~3;
    }
}
