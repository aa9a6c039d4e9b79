/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.docker;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test on a real Docker engine. Where none answers it is left out, with one line that says so; where the environment variable
 * {@code KAIROS_DOCKER_TESTS} is {@code required} it fails instead. The image {@code kairos-local} is made on the way.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(DockerTest.Condition.class)
public @interface DockerTest {
    /** Whether a test that cannot be run is a failure. */
    boolean REQUIRED = "required".equals(System.getenv("KAIROS_DOCKER_TESTS"));

    /** Asks the engine once a process. */
    final class Condition implements ExecutionCondition {
        private static final String MISSING = findMissing();

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (MISSING.isEmpty()) {
                return ConditionEvaluationResult.enabled("a Docker engine answers");
            }
            if (REQUIRED) {
                throw new IllegalStateException("KAIROS_DOCKER_TESTS is 'required', but " + MISSING);
            }
            return ConditionEvaluationResult.disabled(MISSING);
        }

        private static String findMissing() {
            try (DockerEngine engine = new DockerEngine(Lab.HOST, Duration.ofSeconds(5), Duration.ofSeconds(5))) {
                engine.info();
                if (!engine.hasImage(Lab.IMAGE)) {
                    makeImage();
                }
                return "";
            } catch (IOException e) {
                return LeftOut.say("tests with Docker are left out: " + e.getMessage());
            }
        }

        private static void makeImage() throws IOException {
            Process process = new ProcessBuilder(Lab.imageScript().toString())
                    .redirectErrorStream(true)
                    .start();
            try {
                if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                    throw new IOException("the image " + Lab.IMAGE + " could not be made: "
                            + new String(process.getInputStream().readAllBytes()).strip());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while the image was made", e);
            }
        }
    }
}
