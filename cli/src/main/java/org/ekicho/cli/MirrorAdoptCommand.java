package org.ekicho.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ekicho.mirror.settings.ChannelName;
import org.ekicho.site.adopt.AdoptScript;
import org.ekicho.site.adopt.Adoption;
import org.ekicho.site.adopt.AdoptionTarget;
import org.ekicho.site.adopt.UnifiedDiff;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ekicho mirror adopt FILE…`: a distribution's `.repo` files use our mirror from now on, and back.
@Command(
        name = "adopt",
        description = "Make a distribution's .repo files use this mirror, or (--undo) bring them back byte for byte.")
final class MirrorAdoptCommand extends Printing implements Callable<Integer> {
    @Mixin
    private OutputOption output = new OutputOption();

    @Option(names = "--host", paramLabel = "NAME", description = "The mirror: mirror.lan, mirror.lan:8080, https://…")
    private @Nullable String host;

    @Option(
            names = "--channel",
            paramLabel = "NAME",
            description = "Addresses http://HOST/CHANNEL/ID/ (default: the paths that the file's own addresses have).")
    private @Nullable String channel;

    @Option(names = "--dry-run", description = "Only show what would change.")
    private boolean dryRun;

    @Option(names = "--undo", description = "Put each FILE.dist back.")
    private boolean undo;

    @Option(names = "--script", description = "Print the shell script that does the same on a client without Ekicho.")
    private boolean script;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Such as /etc/yum.repos.d/CentOS-Base.repo.")
    private List<Path> files = new ArrayList<>();

    /// What became of one file.
    ///
    /// @param outcome what was done, or would be with --dry-run
    /// @param diff    as `diff -u` prints it
    /// @param notes   what the operator should know
    record FileResult(String file, Outcome outcome, String diff, List<String> adopted, List<String> notes) {
        FileResult {
            adopted = List.copyOf(adopted);
            notes = List.copyOf(notes);
        }
    }

    /// What can become of a file.
    enum Outcome {
        ADOPTED,
        RESTORED,
        UNCHANGED,
        REFUSED
    }

    @Override
    public Integer call() throws IOException {
        if (channel != null && !ChannelName.isValid(channel)) {
            screen.problem("\"" + channel + "\" is no name of a channel: lower-case letters, digits and dashes");
            return Exit.USAGE;
        }
        Optional<AdoptionTarget> target = Optional.ofNullable(host)
                .flatMap(h -> AdoptionTarget.of(h, Optional.ofNullable(channel).map(ChannelName::new)));
        if (target.isEmpty() && !undo) {
            screen.problem(
                    host == null
                            ? "which mirror? e.g. --host mirror.lan"
                            : "\"" + host + "\" is no host; e.g. --host mirror.lan, --host https://mirror.lan:8443");
            return Exit.USAGE;
        }
        if (script && target.isPresent()) {
            screen.print(AdoptScript.render(target.get()));
            return Exit.GOOD;
        }
        if (files.isEmpty()) {
            screen.problem("which files? e.g. /etc/yum.repos.d/CentOS-Base.repo");
            return Exit.USAGE;
        }
        List<FileResult> results = new ArrayList<>();
        for (Path file : files) {
            AdoptedFile adopted = AdoptedFile.of(file);
            results.add(undo ? restored(file, adopted) : adopted(file, adopted, target.orElseThrow()));
        }
        if (output.isJson()) {
            screen.json(results);
        } else {
            results.forEach(this::print);
        }
        return results.stream().anyMatch(r -> r.outcome() == Outcome.REFUSED) ? Exit.NOT_GOOD : Exit.GOOD;
    }

    private FileResult adopted(Path named, AdoptedFile file, AdoptionTarget target) throws IOException {
        String text = file.text();
        Adoption adoption = Adoption.adopt(text, target);
        List<String> notes = new ArrayList<>();
        if (!adoption.refused().isEmpty()) {
            notes.add("no path on the mirror is known for " + String.join(", ", adoption.refused())
                    + ", as the file has no baseurl for it; say --channel NAME");
            return new FileResult(named.toString(), Outcome.REFUSED, "", List.of(), notes);
        }
        if (!adoption.leftOff().isEmpty()) {
            notes.add(String.join(", ", adoption.leftOff()) + ": switched off and without a baseurl, left alone");
        }
        if (file.hasNewer()) {
            notes.add(file.newer() + " is a newer file of the distribution: compare it, put it in the place of "
                    + file.path() + ", and adopt that");
        }
        if (adoption.text().equals(text)) {
            return new FileResult(named.toString(), Outcome.UNCHANGED, "", List.of(), notes);
        }
        boolean fresh = adoption.lists() > 0 || !Files.exists(file.dist());
        if (fresh && Files.exists(file.dist())) {
            notes.add("the file as it was before the distribution changed it is " + file.olderDist());
        }
        if (!dryRun) {
            if (fresh) {
                file.keep();
            }
            file.write(adoption.text());
            notes.add("the file as it was is " + file.dist());
        }
        return new FileResult(
                named.toString(), Outcome.ADOPTED, diff(named, text, adoption.text()), adoption.adopted(), notes);
    }

    private FileResult restored(Path named, AdoptedFile file) throws IOException {
        if (!Files.exists(file.dist())) {
            return new FileResult(
                    named.toString(),
                    Outcome.UNCHANGED,
                    "",
                    List.of(),
                    List.of("there is no " + file.dist() + ", so nothing to undo"));
        }
        String diff = diff(named, file.text(), AdoptedFile.read(file.dist()));
        if (!dryRun) {
            file.restore();
        }
        return new FileResult(named.toString(), Outcome.RESTORED, diff, List.of(), List.of());
    }

    private static String diff(Path file, String old, String current) {
        return UnifiedDiff.render(file.toString(), file.toString(), old, current);
    }

    private void print(FileResult result) {
        result.diff().lines().forEach(line -> screen.line(painted(line)));
        String what = switch (result.outcome()) {
            case ADOPTED -> dryRun ? "would use the mirror" : "uses the mirror now";
            case RESTORED -> dryRun ? "would be as it was" : "is as it was";
            case UNCHANGED -> undo ? "nothing to undo" : "nothing to change";
            case REFUSED -> screen.bad("left as it is");
        };
        screen.line(result.file() + ": " + what);
        result.notes().forEach(note -> screen.line("  " + note));
    }

    private String painted(String line) {
        return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '-' -> screen.bad(line);
            case '+' -> screen.good(line);
            case '@' -> screen.dim(line);
            default -> line;
        };
    }
}
