package org.ekicho.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.ekicho.daemon.boot.InstallTree;
import org.ekicho.daemon.boot.TreeShelf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `ekicho boot tree`: the trees that can be installed.
@Command(
        name = "tree",
        description = "The trees that can be installed: import, list, check.",
        subcommands = {BootTreeCommand.Import.class, BootTreeCommand.Shown.class, BootTreeCommand.Check.class})
final class BootTreeCommand extends Printing implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(screen.out());
    }

    /// One tree.
    ///
    /// @param caution what an admin should know before using it; empty: nothing
    record Line(String name, String title, String installer, String answers, String kernel, String caution) {
        static Line of(InstallTree tree) {
            return new Line(
                    tree.name(),
                    tree.title(),
                    tree.kind().era().words(),
                    tree.language().toString(),
                    tree.kind().kernel(),
                    tree.kind().caution().orElse(""));
        }
    }

    /// `ekicho boot tree import`
    @Command(
            name = "import",
            description = "Copy an ISO image or a folder, verified, so that machines can be installed from it.")
    static final class Import extends Printing implements Callable<Integer> {
        @Mixin
        private BootOption boot = new BootOption();

        @Mixin
        private OutputOption output = new OutputOption();

        @Parameters(index = "0", paramLabel = "NAME", description = "What profiles will call it, e.g. debian-12.")
        private String name = "";

        @Parameters(
                index = "1",
                paramLabel = "ISO|DIR",
                description = "The image, which is read without mounting it, or a folder.")
        @SuppressWarnings("NullAway.Init")
        private Path from;

        @Override
        public Integer call() throws IOException {
            TreeShelf.Imported imported = new TreeShelf(boot.folder()).add(name, from);
            if (output.isJson()) {
                screen.json(Line.of(imported.tree()));
                return Exit.GOOD;
            }
            screen.line(name + " is " + imported.tree().title() + ": " + imported.files() + " files, "
                    + Bytes.format(imported.bytes()) + ", " + imported.verified()
                    + " of them by checksums of the tree itself");
            imported.tree().kind().caution().ifPresent(caution -> screen.line("note: " + caution));
            screen.line("next: a [[boot.profile]] with tree = \"" + name + "\" in the site file");
            return Exit.GOOD;
        }
    }

    /// `ekicho boot tree list`
    @Command(name = "list", description = "List the trees that are here.")
    static final class Shown extends Printing implements Callable<Integer> {
        @Mixin
        private BootOption boot = new BootOption();

        @Mixin
        private OutputOption output = new OutputOption();

        @Override
        public Integer call() throws IOException {
            List<Line> lines =
                    new TreeShelf(boot.folder()).list().stream().map(Line::of).toList();
            if (output.isJson()) {
                screen.json(lines);
            } else if (lines.isEmpty()) {
                screen.line("no trees; \"ekicho boot tree import NAME ISO|DIR\" brings one");
            }
            if (!output.isJson()) {
                lines.forEach(line -> screen.line(
                        String.format("%-20s %-36s answered by %s", line.name(), line.title(), line.answers())));
            }
            return Exit.GOOD;
        }
    }

    /// `ekicho boot tree check`
    @Command(name = "check", description = "Read every file of a tree again and compare it with what was imported.")
    static final class Check extends Printing implements Callable<Integer> {
        @Mixin
        private BootOption boot = new BootOption();

        @Parameters(arity = "0..1", paramLabel = "NAME", description = "The tree (default: all).")
        private String name = "";

        @Override
        public Integer call() throws IOException {
            TreeShelf shelf = new TreeShelf(boot.folder());
            List<InstallTree> trees =
                    name.isEmpty() ? shelf.list() : shelf.tree(name).stream().toList();
            if (trees.isEmpty()) {
                screen.problem((name.isEmpty() ? "there are no trees" : "there is no tree " + name)
                        + "; \"ekicho boot tree list\" lists them");
                return Exit.USAGE;
            }
            boolean good = true;
            for (InstallTree tree : trees) {
                List<String> problems = shelf.check(tree);
                problems.forEach(problem -> screen.line(tree.name() + ": " + problem));
                if (problems.isEmpty()) screen.line(tree.name() + " is as it was imported: " + tree.title());
                good &= problems.isEmpty();
            }
            return good ? Exit.GOOD : Exit.NOT_GOOD;
        }
    }
}
