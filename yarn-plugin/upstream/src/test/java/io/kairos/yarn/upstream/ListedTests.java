/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.upstream;

import io.kairos.yarn.rm.SettlingScheduler;
import io.kairos.yarn.rm.SettlingScheduler.Manner;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Treats each test as upstream-tests.txt says. With the system property {@code kairos.upstream.excluded} the excluded ones run
 * as well, and one that passes fails the build: it no longer belongs in the list.
 */
public final class ListedTests implements ExecutionCondition, BeforeEachCallback, InvocationInterceptor {
    private static final Map<String, Listed> LISTED = Listed.all();
    private static final Manner MANNER = Manner.valueOf(System.getProperty("kairos.upstream.manner", "FREELY"));
    private static final boolean EXCLUDED_TOO = Boolean.getBoolean("kairos.upstream.excluded");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getDisplayName().matches(".*\\bFAIR")) {
            return ConditionEvaluationResult.disabled("is about FairScheduler");
        }
        return excluded(context)
                .filter(listed -> !EXCLUDED_TOO)
                .map(listed -> ConditionEvaluationResult.disabled(listed.reason()))
                .orElse(ConditionEvaluationResult.enabled("runs as it is"));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        SettlingScheduler.place(listed(context).map(Listed::manner).orElse(MANNER));
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        expectFailureIfExcluded(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        expectFailureIfExcluded(invocation, context);
    }

    private static void expectFailureIfExcluded(Invocation<Void> invocation, ExtensionContext context)
            throws Throwable {
        Optional<Listed> excluded = excluded(context);
        try {
            invocation.proceed();
        } catch (Throwable failure) {
            if (excluded.isPresent()) {
                throw new TestAbortedException(excluded.get().reason(), failure);
            }
            throw failure;
        }
        if (excluded.isPresent()) {
            throw new AssertionError(excluded.get().test() + " passes: take it out of upstream-tests.txt");
        }
    }

    private static Optional<Listed> excluded(ExtensionContext context) {
        return listed(context).filter(listed -> listed.how() == Listed.How.EXCLUDED);
    }

    private static Optional<Listed> listed(ExtensionContext context) {
        return context.getTestMethod()
                .map(method -> LISTED.get(context.getRequiredTestClass().getSimpleName() + "#" + method.getName()));
    }
}
