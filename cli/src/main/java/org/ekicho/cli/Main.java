package org.ekicho.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.ekicho.daemon.supervision.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The `ekicho` command: the program's only `main`.
@Command(name = "ekicho", version = Main.VERSION)
public final class Main extends Printing implements Runnable {
    static final String VERSION = "ekicho " + Version.NUMBER;

    /// The commands in the order of the help.
    static final CommandGroup COMMANDS = CommandGroup.empty()
            .with("init", InitCommand.class)
            .with("check", CheckCommand.class)
            .with("serve", ServeCommand.class)
            .with("status", StatusCommand.class)
            .with("reload", ReloadCommand.class)
            .with("time", TimeCommand.class)
            .with("demo", DemoCommand.class)
            .with("doctor", DoctorCommand.class)
            .with("multicast", MulticastCommand.class)
            .with("mirror", MirrorCommand.class)
            .with("boot", BootCommand.class)
            .with("rehearse", RehearseCommand.class);

    /// The help of the bare command, on one small screen.
    private static final String HELP = """
            ekicho: authenticated time, a package mirror and network installation for a LAN

              ekicho init                       write a commented ekicho.toml
              ekicho check [FILE] [--plan]      every problem of it; what would listen where
              ekicho serve                      run it
              ekicho status | reload            of the running daemon
              ekicho time serve --ntp-conf FILE run an unmodified ntp.conf
              ekicho time lint FILE...          the known traps in any ntp.conf or key file
              ekicho time keys|peers|assoc|stat|clients
              ekicho doctor multicast [GROUP]   what keeps multicast from working here
              ekicho multicast listen|send      try it without NTP
              ekicho mirror ...                 the package mirror: sync, index, serve
              ekicho boot ...                   network installation, and why it fails
              ekicho demo                       see it work: no root, leaves nothing

            --help explains a command. Exit: 0 good, 1 not good, 2 cannot tell, 3 usage.
            """;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean version;

    @SuppressWarnings("SystemConsoleNull") // it is null without a terminal, see its documentation
    public static void main(String[] args) {
        Console console = System.console();
        boolean terminal = console != null && console.isTerminal();
        Screen screen = new Screen(
                new PrintWriter(System.out, false, StandardCharsets.UTF_8),
                new PrintWriter(System.err, false, StandardCharsets.UTF_8),
                Screen.Colours.of(System.getenv(), terminal));
        System.exit(Cli.run(screen, args));
    }

    /// Without a command: the help.
    @Override
    public void run() {
        screen.print(HELP);
    }
}
