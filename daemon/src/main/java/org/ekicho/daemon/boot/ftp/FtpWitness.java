package org.ekicho.daemon.boot.ftp;

import org.apache.ftpserver.ftplet.DefaultFtplet;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.FtpSession;
import org.apache.ftpserver.ftplet.FtpletResult;
import org.ekicho.wire.IpAddress;

/// Reports every file that was asked for.
final class FtpWitness extends DefaultFtplet {
    private static final String BEGAN = "org.ekicho.began";
    private static final String OFFSET = "org.ekicho.offset";
    private static final int SENT = 226;
    private static final int NOT_THERE = 550;

    private final FtpReports reports;

    FtpWitness(FtpReports reports) {
        this.reports = reports;
    }

    @Override
    public FtpletResult beforeCommand(FtpSession session, FtpRequest request) {
        if (isFetch(request)) {
            session.setAttribute(BEGAN, System.nanoTime());
            session.setAttribute(OFFSET, session.getFileOffset());
        }
        return FtpletResult.DEFAULT;
    }

    @Override
    public FtpletResult afterCommand(FtpSession session, FtpRequest request, FtpReply reply) throws FtpException {
        if (!isFetch(request) || request.getArgument() == null) return FtpletResult.DEFAULT;
        IpAddress client = IpAddress.of(session.getClientAddress().getAddress());
        FtpFile file = session.getFileSystemView().getFile(request.getArgument());
        int status = switch (reply.getCode()) {
            case SENT -> 200;
            case NOT_THERE -> 404;
            default -> 500;
        };
        long from = number(session.getAttribute(OFFSET));
        long bytes = status == 200 ? Math.max(0, file.getSize() - from) : 0;
        long nanos = System.nanoTime() - number(session.getAttribute(BEGAN));
        reports.fetched(new FtpReports.Fetched(client, file.getAbsolutePath(), status, bytes, from, nanos));
        return FtpletResult.DEFAULT;
    }

    private static boolean isFetch(FtpRequest request) {
        return request.getCommand().equalsIgnoreCase("RETR");
    }

    private static long number(Object kept) {
        return kept instanceof Long value ? value : 0;
    }
}
