package org.ekicho.daemon.boot.ftp;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerConfigurationException;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;
import org.ekicho.netboot.settings.BootSettings.FtpDoor;
import org.ekicho.wire.IpAddress;

/// Serves install trees by FTP (RFC 959), below the same paths as HTTP does: `/boot/tree/NAME/…`.
///
/// Nothing can be written. An active data connection goes to the address that asked for it and nowhere else, so that
/// nobody is reached through us (RFC 2577 §3); a passive one leaves from the address that the client is connected to.
public final class FtpService implements AutoCloseable {
    /// Logins at once: a classroom that installs.
    private static final int MOST_SESSIONS = 200;
    /// Of one address; installers use one or two.
    static final int MOST_PER_ADDRESS = 8;
    /// A session in which nothing happens ends after this. Installers ask again after they unpacked a package.
    private static final int IDLE_SECONDS = 300;
    /// Commands carried out at once; a transfer is one.
    private static final int THREADS = 64;

    private final FtpServer server;
    private final Listener listener;

    private FtpService(FtpServer server, Listener listener) {
        this.server = server;
        this.listener = listener;
    }

    /// Opens the door and serves.
    ///
    /// @param address own address, or any
    /// @param reports told of every file that was asked for
    /// @throws IOException when the port cannot be had: says which
    public static FtpService open(IpAddress address, FtpDoor door, FtpTrees trees, FtpReports reports)
            throws IOException {
        DataConnectionConfigurationFactory data = new DataConnectionConfigurationFactory();
        data.setActiveEnabled(true);
        data.setActiveIpCheck(true);
        data.setPassiveIpCheck(true);
        data.setPassivePorts(door.dataFirst() + "-" + door.dataLast());
        data.setIdleTime(IDLE_SECONDS);

        ListenerFactory listening = new ListenerFactory();
        listening.setServerAddress(address.toString());
        listening.setPort(door.port());
        listening.setIdleTimeout(IDLE_SECONDS);
        listening.setDataConnectionConfiguration(data.createDataConnectionConfiguration());
        Listener listener = listening.createListener();

        ConnectionConfigFactory connections = new ConnectionConfigFactory();
        connections.setAnonymousLoginEnabled(true);
        connections.setMaxAnonymousLogins(MOST_SESSIONS);
        connections.setMaxLogins(MOST_SESSIONS);
        connections.setMaxThreads(THREADS);

        FtpServerFactory factory = new FtpServerFactory();
        factory.setConnectionConfig(connections.createConnectionConfig());
        factory.setUserManager(new Anonymous(MOST_SESSIONS, MOST_PER_ADDRESS, IDLE_SECONDS));
        factory.setFileSystem(_ -> new TreeView(trees));
        factory.setCommandFactory(ReadOnlyCommands.factory());
        // The library empties this when it ends.
        factory.setFtplets(new HashMap<>(Map.of("trace", new FtpWitness(reports))));
        factory.addListener("default", listener);
        FtpServer server = factory.createServer();
        try {
            server.start();
        } catch (FtpException | FtpServerConfigurationException e) {
            server.stop();
            throw new IOException(
                    "cannot serve FTP at " + address + ":" + door.port() + ": " + reason(e)
                            + "; another program may have the port: ss -ltnp 'sport = :" + door.port() + "'",
                    e);
        }
        return new FtpService(server, listener);
    }

    private static String reason(Throwable e) {
        Throwable last = e;
        while (last.getCause() != null) last = last.getCause();
        return String.valueOf(last.getMessage());
    }

    /// The real port.
    public int port() {
        return listener.getPort();
    }

    @Override
    public void close() {
        server.stop();
    }
}
