package org.ekicho.host.download;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.ekicho.host.download.DownloadResult.Failed;
import org.ekicho.host.download.DownloadResult.Failure;

/// Exceptions of connections, in words of ours.
final class Words {
    private Words() {}

    /// What went wrong before a body came.
    static Failed failed(String shown, IOException e) {
        return switch (e) {
            case UnknownHostException u ->
                new Failed(Failure.UNREACHABLE, shown + ": no address is known for the host " + u.getMessage());
            case SocketTimeoutException _ -> new Failed(Failure.TOO_SLOW, shown + " did not answer in time");
            case ConnectException _ -> new Failed(Failure.UNREACHABLE, shown + ": nobody answers there");
            case NoRouteToHostException _ -> new Failed(Failure.UNREACHABLE, shown + ": there is no route to it");
            case SSLException _ -> new Failed(Failure.NOT_TRUSTED, shown + ": TLS failed: " + of(e));
            case NoHttpResponseException _ -> new Failed(Failure.CUT_OFF, shown + " closed without an answer");
            case EOFException _ -> new Failed(Failure.CUT_OFF, shown + " closed in the middle of its answer");
            default -> new Failed(Failure.CUT_OFF, shown + ": " + of(e));
        };
    }

    static Failed status(String shown, int status) {
        return switch (status) {
            case 404, 410 -> new Failed(Failure.NOT_FOUND, shown + " is not there (status " + status + ")");
            case 401, 403 ->
                new Failed(Failure.NOT_ALLOWED, shown + " is not for us (status " + status + "): is the login right?");
            case 407 -> new Failed(Failure.NOT_ALLOWED, shown + ": the proxy wants a login, or another one");
            default -> new Failed(Failure.SERVER_ERROR, shown + " failed with status " + status);
        };
    }

    static String of(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
