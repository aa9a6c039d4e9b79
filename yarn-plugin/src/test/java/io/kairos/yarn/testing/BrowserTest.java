/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.testing;

import io.kairos.node.docker.LeftOut;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test in a real browser. Where Chromium is not installed it is left out, with one line that says so; where the environment variable
 * {@code KAIROS_BROWSER_TESTS} is {@code required} it fails instead.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(BrowserTest.Condition.class)
public @interface BrowserTest {
    /** Whether a test that cannot be run is a failure. */
    boolean REQUIRED = "required".equals(System.getenv("KAIROS_BROWSER_TESTS"));

    /** Looks for the browser once a process. */
    final class Condition implements ExecutionCondition {
        private static final String MISSING = Browser.find().isPresent()
                ? ""
                : LeftOut.say("tests in a browser are left out: none of " + Browser.NAMES + " is on the path");

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (MISSING.isEmpty()) {
                return ConditionEvaluationResult.enabled("a browser is installed");
            }
            if (REQUIRED) {
                throw new IllegalStateException("KAIROS_BROWSER_TESTS is 'required', but " + MISSING);
            }
            return ConditionEvaluationResult.disabled(MISSING);
        }
    }
}
