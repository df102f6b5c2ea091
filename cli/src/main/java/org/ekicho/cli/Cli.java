package org.ekicho.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.ekicho.daemon.mirror.folder.DiskFullException;
import org.ekicho.mirror.MirrorReason;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line put together: commands, exit codes, and errors in one sentence.
public final class Cli {
    private Cli() {}

    /// Runs one command line.
    ///
    /// @return the exit code
    public static int run(Screen screen, String... args) {
        CommandLine line = line(screen, args);
        line.setOut(screen.out());
        line.setErr(screen.err());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(false);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                screen.colours() == Screen.Colours.ON ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setParameterExceptionHandler((e, a) -> wrongUsage(screen, e));
        line.setExecutionExceptionHandler((e, command, result) -> failed(screen, e));
        return line.execute(args);
    }

    private static CommandLine line(Screen screen, String... args) {
        CommandLine line = new CommandLine(Main.class, factory(screen));
        Main.COMMANDS.addTo(line, args.length > 0 ? args[0] : "");
        CommandLine mirror = line.getSubcommands().get("mirror");
        if (mirror != null) {
            MirrorCommand.COMMANDS.addTo(mirror, args.length > 1 ? args[1] : "");
        }
        CommandLine boot = line.getSubcommands().get("boot");
        if (boot != null) {
            BootCommand.COMMANDS.addTo(boot, args.length > 1 ? args[1] : "");
        }
        return line;
    }

    /// Commands are made by picocli; those that print are given the screen.
    private static IFactory factory(Screen screen) {
        IFactory plain = CommandLine.defaultFactory();
        return new IFactory() {
            @Override
            public <K> K create(Class<K> kind) throws Exception {
                K made = plain.create(kind);
                if (made instanceof Printing printing) {
                    printing.screen = screen;
                }
                return made;
            }
        };
    }

    private static int wrongUsage(Screen screen, ParameterException e) {
        screen.problem(String.valueOf(e.getMessage()));
        PrintWriter err = screen.err();
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try \"" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help\".");
        err.flush();
        return Exit.USAGE;
    }

    private static int failed(Screen screen, Exception e) throws Exception {
        switch (e) {
            case DiskFullException full -> {
                screen.problem(sentence(full));
                return Exit.NOT_GOOD;
            }
            case IOException io
            when DiskFullException.isCauseOf(io) -> {
                screen.problem(
                        MirrorReason.DISK_FULL.sentence() + ": " + sentence(io) + "; free some and say it again");
                return Exit.NOT_GOOD;
            }
            case IOException io -> screen.problem(sentence(io));
            case UncheckedIOException io -> screen.problem(String.valueOf(io.getMessage()));
            default -> throw e;
        }
        return Exit.UNKNOWN;
    }

    private static String sentence(IOException e) {
        return switch (e) {
            case java.nio.file.NoSuchFileException none -> none.getFile() + ": no such file";
            case java.nio.file.AccessDeniedException denied -> denied.getFile() + ": permission denied";
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    }
}
