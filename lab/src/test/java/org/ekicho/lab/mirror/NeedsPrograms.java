package org.ekicho.lab.mirror;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A class of tests that runs these programs of the host. Skipped, with the reason, where one is missing; with
/// `EKICHO_PEERS=require` in the environment it fails there.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("peer")
@ExtendWith(NeedsPrograms.OnlyWithPrograms.class)
public @interface NeedsPrograms {
    String[] value();

    /// The decision.
    final class OnlyWithPrograms implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            Optional<String> missing = context.getTestClass()
                    .map(type -> type.getAnnotation(NeedsPrograms.class))
                    .flatMap(needs -> Arrays.stream(needs.value())
                            .filter(program -> !onPath(program))
                            .findFirst());
            if (missing.isEmpty()) {
                return ConditionEvaluationResult.enabled("the programs are here");
            }
            String reason = "the program " + missing.get() + " is not installed";
            if ("require".equals(System.getenv("EKICHO_PEERS"))) {
                throw new IllegalStateException(reason);
            }
            return ConditionEvaluationResult.disabled(reason);
        }

        private static boolean onPath(String program) {
            String path = System.getenv().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
            return List.of(path.split(":")).stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        }
    }
}
