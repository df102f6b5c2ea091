package org.ekicho.mirror.rpm;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/// Text of a header that has bytes above 127: UTF-8, or Latin-1 where it is not that, as packages of old have it.
final class RpmText {
    private RpmText() {}

    /// The text of these bytes.
    ///
    /// @param tag  whose text it is, for a refusal
    /// @param base index of the file's first byte, for a refusal
    static String decode(byte[] bytes, int start, int end, int tag, int base) throws BadHeader {
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
        String text;
        try {
            text = utf8.decode(ByteBuffer.wrap(bytes, start, end - start)).toString();
        } catch (CharacterCodingException e) {
            return latin1(bytes, start, end);
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= '\ufffe') {
                throw BadHeader.malformed("the text of tag " + tag + " at byte " + (start - base)
                        + " has U+FFFE or U+FFFF, which no XML can carry");
            }
        }
        return text;
    }

    /// Byte by byte. Bytes 80 to BF are control and punctuation characters of vendors' code pages: createrepo_c drops
    /// them, and so do we, that both name the same files.
    static String latin1(byte[] bytes, int start, int end) {
        StringBuilder text = new StringBuilder(end - start);
        for (int i = start; i < end; i++) {
            int b = bytes[i] & 0xff;
            if (b < 0x80 || b >= 0xc0) text.append((char) b);
        }
        return text.toString();
    }
}
