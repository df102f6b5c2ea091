package org.ekicho.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ekicho.netboot.answer.AnswerLanguage;
import org.ekicho.netboot.answer.AnswerLint;
import org.ekicho.netboot.answer.AnswerProblem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ekicho boot lint`: what is wrong with an answer file.
@Command(name = "lint", description = "Say what is wrong with kickstart, preseed, autoinstall or AutoYaST files.")
final class BootLintCommand extends Printing implements Callable<Integer> {
    @Option(
            names = "--language",
            paramLabel = "NAME",
            description = "kickstart, preseed, autoinstall or autoyast (default: by the file's ending).")
    private @Nullable String language;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Answer files or templates.")
    private List<Path> files = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        boolean bad = false;
        for (Path file : files) {
            Optional<AnswerLanguage> kind = language == null
                    ? AnswerLanguage.ofName(String.valueOf(file.getFileName()))
                    : AnswerLanguage.parse(language);
            if (kind.isEmpty()) {
                screen.problem(file + ": say which language it is with --language kickstart, preseed, autoinstall or"
                        + " autoyast");
                return Exit.USAGE;
            }
            List<AnswerProblem> problems = AnswerLint.check(kind.get(), Files.readString(file, StandardCharsets.UTF_8));
            for (AnswerProblem problem : problems) {
                screen.line(file + ":" + problem);
                bad |= problem.severity() == AnswerProblem.Severity.ERROR;
            }
            if (problems.isEmpty()) {
                screen.line(file + ": a good " + kind.get());
            }
        }
        return bad ? Exit.NOT_GOOD : Exit.GOOD;
    }
}
