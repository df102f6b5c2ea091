package org.ekicho.web.range;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// The frame of an answer of several parts, `multipart/byteranges` (RFC 9110 §14.6).
///
/// ```text
/// CRLF --BOUNDARY CRLF Content-Type: … CRLF Content-Range: bytes 0-9/100 CRLF CRLF <10 bytes>
/// CRLF --BOUNDARY CRLF …
/// CRLF --BOUNDARY-- CRLF
/// ```
///
/// @param boundary a word that nobody can foresee, so that no file can hold it on purpose
/// @param type     media type of the file
/// @param size     bytes of the file
/// @param parts    what is sent
public record Multipart(String boundary, String type, long size, List<ByteRanges.Part> parts) {
    public Multipart {
        parts = List.copyOf(parts);
    }

    /// Value of the Content-Type header.
    public String contentType() {
        return "multipart/byteranges; boundary=" + boundary;
    }

    /// What stands before the bytes of a part.
    public byte[] before(ByteRanges.Part part) {
        return ("\r\n--" + boundary + "\r\nContent-Type: " + type + "\r\nContent-Range: " + contentRange(part, size)
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// What stands after the last part.
    public byte[] end() {
        return ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /// Bytes of the whole body.
    public long length() {
        long length = end().length;
        for (ByteRanges.Part part : parts) {
            length += before(part).length + part.length();
        }
        return length;
    }

    /// `bytes 0-9/100`.
    public static String contentRange(ByteRanges.Part part, long size) {
        return "bytes " + part.from() + "-" + part.last() + "/" + size;
    }
}
