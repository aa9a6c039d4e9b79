/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kairos.node.docker.ContainerSpec;
import io.kairos.node.docker.DockerEngine;
import io.kairos.node.docker.EngineException;
import io.kairos.node.docker.LyingEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.util.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine that is away while a container is to be started, as when it is restarted, costs no container. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DockerLaunchTest {
    private static final String NAME = "container_1_1_01_000002";
    /** A sound answer takes no longer, however busy the machine. */
    private static final Duration AMPLE = Duration.ofSeconds(3);
    /** Where there is no sound answer. */
    private static final Duration SHORT = Duration.ofMillis(300);

    private static final String SILENCE = "";
    private static final String NONE = answer("404 Not Found", "{\"message\":\"no such container\"}");
    private static final String MADE = answer("201 Created", "{\"Id\":\"" + "a".repeat(64) + "\",\"Warnings\":[]}");
    private static final String DONE = answer("204 No Content", "");
    private static final String REFUSAL = answer("500 Internal Server Error", "{\"message\":\"no space left\"}");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final List<String> started = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private LyingEngine liar;

    @BeforeEach
    void open() throws IOException {
        liar = new LyingEngine(folder);
    }

    @AfterEach
    void close() throws IOException {
        liar.close();
    }

    @Test
    void anEngineThatIsAwayIsWaitedForBeforeTheContainerIsMade() throws IOException {
        liar.answer(SILENCE, SILENCE, NONE, NONE, MADE, DONE, state("running", true), state("exited", false));
        launch(AMPLE, () -> true);
        assertThat(started).containsExactly(NAME + " 4711");
        assertThat(folder.resolve("pid.exitcode")).hasContent("0");
    }

    @Test
    void aStartWithoutAnAnswerThatWasOneIsNotDoneTwice() throws IOException {
        liar.answer(NONE, MADE, SILENCE, state("running", true), state("running", true), state("exited", false));
        launch(AMPLE, () -> true);
        assertThat(started).containsExactly(NAME + " 4711");
        assertThat(folder.resolve("pid")).hasContent("4711");
    }

    @Test
    void aStartThatWasNoneIsDoneWithANewContainer() throws IOException {
        assertMadeAnewAfter(SILENCE);
    }

    @Test
    void oneRefusalIsThatOfAnEngineThatIsEnding() throws IOException {
        assertMadeAnewAfter(REFUSAL);
    }

    private void assertMadeAnewAfter(String answerToStart) throws IOException {
        String forgotten = state("created", false);
        liar.answer(
                NONE,
                MADE,
                answerToStart,
                forgotten,
                forgotten,
                DONE,
                MADE,
                DONE,
                state("running", true),
                state("exited", false));
        launch(AMPLE, () -> true);
        assertThat(started).containsExactly(NAME + " 4711");
    }

    @Test
    void oneLeftOfAnEarlierLaunchIsNotTakenForTheNewOne() throws IOException {
        String earlier = state("exited", false);
        liar.answer(
                earlier, SILENCE, earlier, earlier, DONE, MADE, DONE, state("running", true), state("exited", false));
        launch(AMPLE, () -> true);
        assertThat(started).containsExactly(NAME + " 4711");
    }

    @Test
    void whoIsKilledMeanwhileWaitsNoLonger() {
        liar.answer(SILENCE);
        AtomicInteger asks = new AtomicInteger();
        assertThatThrownBy(() -> launch(SHORT, () -> asks.incrementAndGet() < 2))
                .isInstanceOf(Shell.ExitCodeException.class)
                .hasMessageContaining("killed while it was started");
        assertThat(started).isEmpty();
    }

    @Test
    void threeRefusalsAreAFailure() {
        liar.answer(NONE, REFUSAL, NONE, NONE, REFUSAL, NONE, NONE, REFUSAL, NONE);
        assertThatThrownBy(() -> launch(AMPLE, () -> true))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("no space left");
    }

    @Test
    void anImageThatIsNotThereIsAFailureAtOnce() {
        liar.answer(NONE, answer("404 Not Found", "{\"message\":\"no such image\"}"), NONE);
        assertThatThrownBy(() -> launch(AMPLE, () -> true))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("no such image");
    }

    @Test
    void anEngineThatOnlyAnswersWhenItIsLookedAtIsGivenUp() {
        List<String> answers = new ArrayList<>();
        for (int tries = 0; tries < 20; tries++) {
            answers.addAll(List.of(SILENCE, NONE));
        }
        liar.answer(answers.toArray(String[]::new));
        assertThatThrownBy(() -> launch(SHORT, () -> true)).isInstanceOf(EngineException.class);
    }

    private void launch(Duration limit, BooleanSupplier active) throws IOException {
        ContainerSpec spec = new ContainerSpec(
                NAME,
                "image",
                "0:0",
                List.of(),
                List.of("bash"),
                List.of(),
                List.of(),
                null,
                List.of(),
                "host",
                List.of(),
                64L << 20,
                1024,
                0,
                null,
                Map.of());
        try (DockerEngine engine = new DockerEngine(liar.host(), limit, limit)) {
            new DockerLaunch(
                            engine,
                            () -> spec,
                            new DockerLaunch.TaskFiles(folder.resolve("pid"), folder.resolve("pid.exitcode"), null),
                            active,
                            () -> false,
                            () -> {},
                            (name, pid) -> started.add(name + " " + pid))
                    .execute();
        }
    }

    private static String state(String status, boolean running) {
        return answer(
                "200 OK",
                "{\"Id\":\"" + "a".repeat(64) + "\",\"Name\":\"/" + NAME + "\",\"State\":{\"Status\":\"" + status
                        + "\",\"Running\":" + running
                        + ",\"StartedAt\":\""
                        + (status.equals("created") ? "0001-01-01T00:00:00Z" : "2026-01-01T00:00:00Z")
                        + "\",\"Pid\":4711,\"ExitCode\":0}}");
    }

    private static String answer(String status, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }
}
