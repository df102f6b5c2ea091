package org.ekicho.daemon.boot.ftp;

import java.util.Map;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.command.CommandFactory;
import org.apache.ftpserver.command.CommandFactoryFactory;
import org.apache.ftpserver.command.impl.ABOR;
import org.apache.ftpserver.command.impl.CDUP;
import org.apache.ftpserver.command.impl.CWD;
import org.apache.ftpserver.command.impl.EPRT;
import org.apache.ftpserver.command.impl.EPSV;
import org.apache.ftpserver.command.impl.FEAT;
import org.apache.ftpserver.command.impl.LIST;
import org.apache.ftpserver.command.impl.MDTM;
import org.apache.ftpserver.command.impl.MODE;
import org.apache.ftpserver.command.impl.NLST;
import org.apache.ftpserver.command.impl.NOOP;
import org.apache.ftpserver.command.impl.OPTS;
import org.apache.ftpserver.command.impl.PASS;
import org.apache.ftpserver.command.impl.PASV;
import org.apache.ftpserver.command.impl.PORT;
import org.apache.ftpserver.command.impl.PWD;
import org.apache.ftpserver.command.impl.QUIT;
import org.apache.ftpserver.command.impl.REST;
import org.apache.ftpserver.command.impl.RETR;
import org.apache.ftpserver.command.impl.SIZE;
import org.apache.ftpserver.command.impl.STRU;
import org.apache.ftpserver.command.impl.SYST;
import org.apache.ftpserver.command.impl.TYPE;
import org.apache.ftpserver.command.impl.USER;

/// What a client may say: all that reading needs, and nothing that writes or administers.
final class ReadOnlyCommands {
    private static final Map<String, Command> COMMANDS = Map.ofEntries(
            Map.entry("ABOR", new ABOR()),
            Map.entry("CDUP", new CDUP()),
            Map.entry("CWD", new CWD()),
            Map.entry("EPRT", new EPRT()),
            Map.entry("EPSV", new EPSV()),
            Map.entry("FEAT", new FEAT()),
            Map.entry("LIST", new LIST()),
            Map.entry("MDTM", new MDTM()),
            Map.entry("MODE", new MODE()),
            Map.entry("NLST", new NLST()),
            Map.entry("NOOP", new NOOP()),
            Map.entry("OPTS", new OPTS()),
            Map.entry("PASS", new PASS()),
            Map.entry("PASV", new PASV()),
            Map.entry("PORT", new PORT()),
            Map.entry("PWD", new PWD()),
            Map.entry("QUIT", new QUIT()),
            Map.entry("REST", new REST()),
            Map.entry("RETR", new RETR()),
            Map.entry("SIZE", new SIZE()),
            Map.entry("STRU", new STRU()),
            Map.entry("SYST", new SYST()),
            Map.entry("TYPE", new TYPE()),
            Map.entry("USER", new USER()),
            Map.entry("XPWD", new PWD()));

    private ReadOnlyCommands() {}

    static CommandFactory factory() {
        CommandFactoryFactory factory = new CommandFactoryFactory();
        factory.setUseDefaultCommands(false);
        factory.setCommandMap(COMMANDS);
        return factory.createCommandFactory();
    }
}
