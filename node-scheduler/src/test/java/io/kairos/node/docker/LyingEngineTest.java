/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.node.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kairos.node.docker.EngineException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An engine that answers anything, or nothing: each call ends in time, with one line. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LyingEngineTest {
    private static final Duration LIMIT = Duration.ofMillis(300);

    @SuppressWarnings("NullAway.Init")
    private LyingEngine liar;

    @SuppressWarnings("NullAway.Init")
    private static final String PAUSED = "HTTP/1.1 409 Conflict\r\nConnection: close\r\nContent-Length: 69\r\n\r\n"
            + "{\"message\":\"Container 1 is paused, unpause the container before exec\"}";

    private DockerEngine engine;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        liar = new LyingEngine(folder);
        engine = new DockerEngine(liar.host(), LIMIT, LIMIT);
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
        liar.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 409 Conflict\r\nContent-Length: 21\r\n\r\n{\"message\":\"is busy\"}\n",
                "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 4\r\n\r\noops",
                "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"Id\": \"half a bo",
                "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n<html/>",
                "\u0000\u0001garbage\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 301 Moved\r\nLocation: http://example.org/\r\nContent-Length: 0\r\n\r\n",
            })
    void anyAnswerIsOneLineAndInTime(String lie) {
        liar.answer(lie);
        Throwable failure = catchThrowableOfType(EngineException.class, () -> {
            engine.info();
            // An answer that is none, but has the form of one, is taken as nothing known.
            if (engine.inspect("container_1_1_01_000001") == null) {
                throw new EngineException(Kind.ABSENT, "nothing known", new IOException());
            }
        });
        assertThat(failure).isNotNull();
        assertThat(failure.getMessage()).doesNotContain("\n").hasSizeLessThan(600);
    }

    @Test
    void afterItIsClosedACallSaysSo() {
        engine.close();

        EngineException failure = catchThrowableOfType(EngineException.class, () -> engine.remove("container"));
        assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
        assertThat(failure)
                .hasMessageMatching("removing container container: the connection to Docker at .* is closed");
    }

    @Test
    void silenceEndsAtTheDeadlineAndHoldsNoThread() throws Exception {
        for (int call = 0; call < 20; call++) {
            long start = System.nanoTime();
            EngineException failure =
                    catchThrowableOfType(EngineException.class, () -> engine.pause("container_1_1_01_000001"));
            assertThat(failure.kind()).isEqualTo(Kind.SILENT);
            assertThat(failure).hasMessageContaining("did not answer within 300 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (callers() > 1 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(callers()).isLessThanOrEqualTo(1);
    }

    @Test
    void aCommandWaitsUntilTheEngineHeardOfTheResume() throws Exception {
        String created = "{\"Id\": \"abc\"}";
        liar.answer(
                PAUSED,
                PAUSED,
                "HTTP/1.1 201 Created\r\nConnection: close\r\nContent-Length: 13\r\n\r\n" + created,
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");

        engine.exec("container", List.of("true"), false, null, new ByteArrayOutputStream());

        liar.answer(PAUSED);
        EngineException failure = catchThrowableOfType(
                EngineException.class,
                () -> engine.exec("container", List.of("true"), false, null, new ByteArrayOutputStream()));
        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(failure).hasMessageContaining("is paused");
    }

    @Test
    void nobodyThereIsBroken(@TempDir Path folder) {
        try (DockerEngine nobody = new DockerEngine("unix://" + folder.resolve("none.sock"), LIMIT, LIMIT)) {
            EngineException failure = catchThrowableOfType(EngineException.class, nobody::info);
            assertThat(failure.isOutage()).isTrue();
            assertThat(failure.getMessage()).doesNotContain("\n");
        }
    }

    /** Threads that are inside a call. */
    private static long callers() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().equals("kairos-docker-call"))
                .filter(thread -> List.of(thread.getValue()).toString().contains("docker"))
                .count();
    }
}
