package org.ekicho.daemon.boot.ftp;

import org.ekicho.wire.IpAddress;

/// Is told of every file that was asked for by FTP. Called from the library's threads.
@FunctionalInterface
public interface FtpReports {
    /// One request, answered.
    ///
    /// @param client   who asked
    /// @param path     of the file, from the root
    /// @param status   what HTTP would have said: 200, 404, 500
    /// @param bytes    that were sent
    /// @param from     the byte that it began with; more than 0 when a broken transfer was taken up again
    /// @param nanos    how long it took
    record Fetched(IpAddress client, String path, int status, long bytes, long from, long nanos) {}

    void fetched(Fetched fetched);
}
