package org.ekicho.lab.peer;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A class of tests against real programs in network namespaces. Skipped, with the reason, where they cannot run; with
/// `EKICHO_PEERS=require` in the environment it fails there.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("peer")
@ExtendWith(PeerTest.OnlyWithPeers.class)
public @interface PeerTest {
    /// The decision.
    final class OnlyWithPeers implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return Programs.lacking()
                    .map(reason -> {
                        if ("require".equals(System.getenv("EKICHO_PEERS"))) throw new IllegalStateException(reason);
                        return ConditionEvaluationResult.disabled(reason);
                    })
                    .orElseGet(() -> ConditionEvaluationResult.enabled("the peers are here"));
        }
    }
}
