/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.docker.ContainerStatus;
import io.kairos.node.docker.DockerEngine;
import io.kairos.node.docker.LyingEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine that does not answer is no proof that a container ended, and costs none. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ContainerExitTest {
    private static final String NAME = "container_1_1_01_000002";
    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final String REFUSAL = answer("500 Internal Server Error", "{\"message\":\"too busy\"}");
    private static final String NONE = answer("404 Not Found", "{\"message\":\"no such container\"}");

    @Test
    void anEngineThatIsTooBusyIsAskedAgain(@TempDir Path folder) throws Exception {
        try (LyingEngine liar = new LyingEngine(folder);
                DockerEngine engine = new DockerEngine(liar.host(), LIMIT, LIMIT)) {
            liar.answer(REFUSAL, "", answer("200 OK", inspected(false)));

            assertThat(new ContainerExit(engine).await(NAME)).isEqualTo(7);
        }
    }

    @Test
    void aContainerThatIsGoneWasKilled(@TempDir Path folder) throws Exception {
        try (LyingEngine liar = new LyingEngine(folder);
                DockerEngine engine = new DockerEngine(liar.host(), LIMIT, LIMIT)) {
            liar.answer(REFUSAL, NONE);

            assertThat(new ContainerExit(engine).await(NAME)).isEqualTo(ContainerExit.GONE);
        }
    }

    @Test
    void theStateOfAStartedContainerIsAskedForAsLongAsItIsWanted(@TempDir Path folder) throws Exception {
        try (LyingEngine liar = new LyingEngine(folder);
                DockerEngine engine = new DockerEngine(liar.host(), LIMIT, LIMIT)) {
            ContainerExit exit = new ContainerExit(engine);
            liar.answer(REFUSAL, answer("200 OK", inspected(true)));
            assertThat(exit.status(NAME, () -> true))
                    .extracting(ContainerStatus::pid)
                    .isEqualTo(4711L);

            liar.answer(REFUSAL);
            AtomicInteger asks = new AtomicInteger();
            assertThat(exit.status(NAME, () -> asks.incrementAndGet() < 3)).isNull();
        }
    }

    @Test
    void aContainerThatWasNeverStartedDidNotSucceed(@TempDir Path folder) throws Exception {
        try (LyingEngine liar = new LyingEngine(folder);
                DockerEngine engine = new DockerEngine(liar.host(), LIMIT, LIMIT)) {
            liar.answer(answer("200 OK", inspected(false, "0001-01-01T00:00:00Z")));

            assertThat(new ContainerExit(engine).await(NAME)).isEqualTo(ContainerExit.GONE);
        }
    }

    private static String inspected(boolean running) {
        return inspected(running, "2026-01-01T00:00:00.5Z");
    }

    private static String inspected(boolean running, String started) {
        return "{\"Id\":\"" + "a".repeat(64) + "\",\"Name\":\"/" + NAME + "\",\"State\":{\"Running\":" + running
                + ",\"StartedAt\":\"" + started + "\",\"Pid\":4711,\"ExitCode\":7}}";
    }

    private static String answer(String status, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }
}
