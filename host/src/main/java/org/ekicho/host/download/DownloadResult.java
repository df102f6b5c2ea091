package org.ekicho.host.download;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What became of a download. Trouble with our own disk is no result but an IOException.
public sealed interface DownloadResult {
    /// The file is there, whole.
    ///
    /// @param size         bytes of the file
    /// @param digests      in hexadecimal digits, by algorithm
    /// @param contentType  as the server says; empty when it does not
    /// @param lastModified as the server says
    /// @param from         the address that had it in the end, without a password
    /// @param received     bytes that came over the line now
    record Done(
            long size,
            Map<String, String> digests,
            String contentType,
            Optional<Instant> lastModified,
            String from,
            long received)
            implements DownloadResult {
        public Done {
            digests = Map.copyOf(digests);
        }
    }

    /// It did not come. A part of it may be there.
    ///
    /// @param failure  of what kind
    /// @param sentence what happened, with the address
    record Failed(Failure failure, String sentence) implements DownloadResult {
        /// Whether the server answered that it has no such file; object stores say "forbidden" for that.
        public boolean isAbsent() {
            return failure == Failure.NOT_FOUND || failure == Failure.NOT_ALLOWED;
        }
    }

    /// Why a file did not come.
    enum Failure {
        /// No such host, no route, nobody listens, no answer.
        UNREACHABLE,
        /// Status 404 or 410, or no such file.
        NOT_FOUND,
        /// Status 401, 403 or 407.
        NOT_ALLOWED,
        /// Another status than success.
        SERVER_ERROR,
        /// The TLS handshake failed.
        NOT_TRUSTED,
        /// The connection ended before the file did.
        CUT_OFF,
        /// Nothing, or too little, came for too long.
        TOO_SLOW,
        /// It has another length than was asked for.
        WRONG_SIZE,
        /// It is longer than the limit.
        TOO_LARGE,
        /// Too many redirects, or one that would be unsafe.
        BAD_REDIRECT,
        /// An answer against the rules of HTTP.
        MALFORMED,
        /// A kind of address that is not spoken here.
        NOT_SPOKEN
    }
}
