/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.Decision;
import io.kairos.node.NodeScheduler;
import io.kairos.node.NodeSettings;
import io.kairos.node.TaskOrders;
import io.kairos.node.TaskRequest;
import io.kairos.node.TaskView;
import io.kairos.node.docker.DockerEngine;
import io.kairos.node.docker.DockerTest;
import io.kairos.node.docker.Lab;
import io.kairos.node.docker.PrivateEngine;
import io.kairos.node.pauser.ContainerGroupPauser;
import io.kairos.node.pauser.DockerPauser;
import io.kairos.node.pauser.FrozenRegister;
import io.kairos.node.pauser.Pauser;
import io.kairos.node.pauser.WatchedPauser;
import io.kairos.yarn.testing.TestApplication;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.Container;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.ContainerState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The node agent over an engine that is stopped for a minute; only YARN's container is played. */
@DockerTest
class SilentEngineLiveTest {
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(2);

    /** Half of what the agent would take to answer if it waited for one call to the engine. */
    private static final Duration PACE = Duration.ofSeconds(1);

    private final ExecutorService pausing = Executors.newCachedThreadPool();
    private final ExecutorService dispatcher = Executors.newSingleThreadExecutor();

    @Test
    @Timeout(value = 240, unit = TimeUnit.SECONDS)
    void theLoopKeepsItsPaceAndTheGroupTakesOver(@TempDir Path folder, @TempDir Path engineFolder) throws Exception {
        try (PrivateEngine engine = new PrivateEngine(engineFolder);
                Lab lab = new Lab(engine.connect(CALL_LIMIT), folder)) {
            String name = lab.startCounter();
            long pid = lab.pid(name);
            ContainerGroupPauser groups = new ContainerGroupPauser();
            ContainerId container = ContainerId.fromString(name);
            ContainerControl control = new ContainerControl(
                    new DockerPauser(lab.engine, groups),
                    pausing,
                    id -> id.equals(container) ? Long.toString(pid) : null,
                    launch -> {});
            control.add(played(container));
            NodeAgent<ContainerId> agent =
                    new NodeAgent<>(settings(), SilentEngineLiveTest::policy, control, new Silent(), System::nanoTime);
            try (AgentThread thread = new AgentThread(agent)) {
                agent.adopt(new TaskRequest<>(container, "one", 1, 0, true), 1);
                thread.start();
                awaitState(agent, container, TaskView.State.RUNNING);

                engine.signal("STOP");
                int rounds = 0;
                Duration slowest = Duration.ZERO;
                long end = System.nanoTime() + SILENCE.toNanos();
                try {
                    for (; System.nanoTime() < end; rounds++) {
                        ContainerId newcomer = newcomer(rounds);
                        agent.arrive(new TaskRequest<>(newcomer, "other", 1, 0, true));
                        slowest = max(slowest, answer(agent));
                        TestApplication.await(() -> isFrozen(groups, name, pid));
                        agent.finish(newcomer, () -> {});
                        slowest = max(slowest, answer(agent));
                        long before = lab.file("counter").toFile().length();
                        TestApplication.await(() -> lab.file("counter").toFile().length() > before);
                        awaitState(agent, container, TaskView.State.RUNNING);
                    }
                } finally {
                    engine.signal("CONT");
                }
                assertThat(rounds).as("pauses without the engine").isGreaterThan(3);
                assertThat(slowest).as("the agent's slowest answer").isLessThan(PACE);

                long before = lab.file("counter").toFile().length();
                TestApplication.await(() -> lab.file("counter").toFile().length() > before
                        && !lab.status(name).paused());
                agent.release().join();
            }
        } finally {
            pausing.shutdownNow();
            dispatcher.shutdownNow();
        }
    }

    /** It is frozen through the engine alone, as where its group may not be written. */
    @Test
    @Timeout(value = 240, unit = TimeUnit.SECONDS)
    void whatWasKilledWhileTheEngineWasAwayIsThawedOnceItIsBack(@TempDir Path folder, @TempDir Path engineFolder)
            throws Exception {
        ContainerGroupPauser groups = new ContainerGroupPauser();
        try (PrivateEngine engine = new PrivateEngine(engineFolder);
                FrozenRegister register = new FrozenRegister(folder.resolve("register"));
                Lab lab = new Lab(engine.connect(CALL_LIMIT), folder)) {
            String name = lab.startCounter();
            long pid = lab.pid(name);
            Pauser pauser = new WatchedPauser(new EngineAlone(lab.engine, groups, name), register, line -> {});
            ContainerId container = ContainerId.fromString(name);
            ContainerControl control = new ContainerControl(
                    pauser, pausing, id -> id.equals(container) ? Long.toString(pid) : null, launch -> {});
            ManagedContainer managed = played(container);
            control.add(managed);
            NodeAgent<ContainerId> agent =
                    new NodeAgent<>(settings(), SilentEngineLiveTest::policy, control, new Silent(), System::nanoTime);
            try (AgentThread thread = new AgentThread(agent)) {
                agent.adopt(new TaskRequest<>(container, "one", 1, 0, true), 1);
                thread.start();
                awaitState(agent, container, TaskView.State.RUNNING);
                agent.arrive(new TaskRequest<>(newcomer(0), "other", 1, 0, true));
                // An engine that dies between the freeze and its own note of it would take the container for a running
                // one.
                TestApplication.await(
                        () -> isFrozen(groups, name, pid) && lab.status(name).paused());

                engine.signal("KILL");
                managed.end();
                agent.finish(container, () -> control.remove(managed));
                TestApplication.await(() -> control.get(container) == null);
                pauser.release(container.toString());
                assertThat(isFrozen(groups, name, pid)).isTrue();
                assertThat(register.tasks()).containsExactly(container.toString());

                engine.startAnew();
                TestApplication.await(() -> !isFrozen(groups, name, pid));
                TestApplication.await(() -> register.tasks().isEmpty());
                long before = lab.file("counter").toFile().length();
                TestApplication.await(() -> lab.file("counter").toFile().length() > before);
            } finally {
                groups.resume(name, pid); // or it would stay for ever
            }
        } finally {
            pausing.shutdownNow();
            dispatcher.shutdownNow();
        }
    }

    private static NodeSettings settings() {
        return new NodeSettings(
                1,
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                Duration.ofDays(1),
                Optional.empty(),
                1,
                Optional.empty(),
                Optional.empty(),
                Duration.ofMillis(1));
    }

    private static NodeScheduler<ContainerId> policy(NodeSettings settings) {
        return new NodeScheduler<>(settings, TaskOrders.attainedService());
    }

    private static ContainerId newcomer(int number) {
        return ContainerId.newContainerId(
                ApplicationAttemptId.newInstance(ApplicationId.newInstance(1, 1), 1), number + 1L);
    }

    private static Duration answer(NodeAgent<ContainerId> agent) throws Exception {
        long start = System.nanoTime();
        agent.summary().get(30, TimeUnit.SECONDS);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static boolean isFrozen(ContainerGroupPauser groups, String name, long pid) throws IOException {
        return groups.isPaused(name, pid);
    }

    private static void awaitState(NodeAgent<ContainerId> agent, ContainerId task, TaskView.State state)
            throws Exception {
        TestApplication.await(() -> agent.tasks().join().stream()
                .anyMatch(view -> view.request().task().equals(task) && view.state() == state));
    }

    /** A container of YARN's that runs, and whose pause is answered by a dispatcher's thread as YARN does. */
    private ManagedContainer played(ContainerId id) {
        ManagedContainer[] managed = new ManagedContainer[1];
        Container container = (Container) Proxy.newProxyInstance(
                Container.class.getClassLoader(),
                new Class<?>[] {Container.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getContainerId" -> id;
                    case "getContainerState" -> ContainerState.RUNNING;
                    case "isReInitializing", "isRetryContextSet" -> false;
                    case "sendPauseEvent" -> {
                        dispatcher.execute(() -> {
                            managed[0].answerPause();
                            managed[0].answerResume();
                        });
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        managed[0] = new ManagedContainer(container, event -> {}, null);
        return managed[0];
    }

    /**
     * Asks the engine and has no other way.
     *
     * @param container its name, which lacks the zeros of YARN's
     */
    private record EngineAlone(DockerEngine engine, ContainerGroupPauser groups, String container) implements Pauser {
        @Override
        public String name() {
            return "docker";
        }

        @Override
        public Optional<Path> prepare(String task) {
            return Optional.empty();
        }

        @Override
        public void pause(String task, long pid) throws IOException {
            engine.pause(container);
        }

        @Override
        public void resume(String task, long pid) throws IOException {
            if (isPaused(task, pid)) {
                engine.unpause(container);
            }
        }

        @Override
        public boolean isPaused(String task, long pid) throws IOException {
            return groups.isPaused(task, pid);
        }

        @Override
        public Optional<String> thawCommand(String task, long pid) {
            return Optional.of("docker -H " + engine.host() + " unpause " + container);
        }

        @Override
        public void release(String task) {}
    }

    /** What fails while the engine is silent is put right by the next look. */
    private static final class Silent implements AgentListener<ContainerId> {
        @Override
        public void decided(Decision<ContainerId> decision) {}

        @Override
        public void finished(TaskView<ContainerId> last, long timeNanos, int running, int paused, int held) {}

        @Override
        public void repaired(ContainerId task, boolean shouldBeFrozen) {}

        @Override
        public void failed(String what, Throwable cause) {}
    }
}
