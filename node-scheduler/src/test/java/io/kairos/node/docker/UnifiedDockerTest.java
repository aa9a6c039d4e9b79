/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.docker;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test on an engine of its own on cgroup v2, whatever the machine is; see {@link UnifiedMachine}. Where that cannot be had it is
 * left out, with one line that says why, and where {@code KAIROS_DOCKER_TESTS} is {@code required} it fails instead; only where
 * the kernel has no cgroup v2 it is left out in any case.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(UnifiedDockerTest.Condition.class)
public @interface UnifiedDockerTest {
    /** Tries it once a process. */
    final class Condition implements ExecutionCondition {
        private static final String LEFT_OUT = "tests with Docker on cgroup v2 are left out: ";
        private static final boolean KNOWN = isKnown();
        private static final String MISSING = KNOWN ? findMissing() : "the kernel has no cgroup v2";

        static {
            if (!MISSING.isEmpty()) {
                LeftOut.say(LEFT_OUT + MISSING);
            }
        }

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (MISSING.isEmpty()) {
                return ConditionEvaluationResult.enabled("cgroup v2 and an engine are at hand");
            }
            if (KNOWN && DockerTest.REQUIRED) {
                throw new IllegalStateException("KAIROS_DOCKER_TESTS is 'required', but " + LEFT_OUT + MISSING);
            }
            return ConditionEvaluationResult.disabled(LEFT_OUT + MISSING);
        }

        private static boolean isKnown() {
            try {
                return UnifiedMachine.isKnownToTheKernel();
            } catch (IOException e) {
                return false;
            }
        }

        private static String findMissing() {
            boolean installed = Pattern.compile(":")
                    .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                    .map(folder -> Path.of(folder, "dockerd"))
                    .anyMatch(Files::isExecutable);
            if (!installed) {
                return "there is no dockerd on the path";
            }
            try (UnifiedMachine machine = new UnifiedMachine()) {
                return "";
            } catch (IOException e) {
                return String.valueOf(e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "interrupted";
            }
        }
    }
}
