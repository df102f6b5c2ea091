package org.ekicho.lab.peer;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/// A class of tests against real programs in network namespaces. Skipped, with the reason, where they cannot run; with
/// `EKICHO_PEERS=require` in the environment it fails there.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("peer")
@ExtendWith(PeerTest.OnlyWithPeers.class)
public @interface PeerTest {
    /// Further programs that the tests run, by the names under which they are on the path.
    String[] programs() default {};

    /// The decision.
    final class OnlyWithPeers implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String[] programs = context.getTestClass()
                    .flatMap(type -> AnnotationSupport.findAnnotation(type, PeerTest.class))
                    .map(PeerTest::programs)
                    .orElse(new String[0]);
            return Programs.lacking(List.of(programs))
                    .map(reason -> {
                        if ("require".equals(System.getenv("EKICHO_PEERS"))) throw new IllegalStateException(reason);
                        return ConditionEvaluationResult.disabled(reason);
                    })
                    .orElseGet(() -> ConditionEvaluationResult.enabled("the peers are here"));
        }
    }
}
