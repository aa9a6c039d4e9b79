/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.pauser.Pauser;
import io.kairos.node.pauser.RoutingPauser;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.Container;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.ContainerState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a paused container that is killed; its process is real, the pauser only keeps names. */
class ContainerControlTest {
    private static final ContainerId ID = ContainerId.fromString("container_1_0001_01_000002");

    private final FrozenNames bare = new FrozenNames();
    private final Routes routes = new Routes(bare);

    @SuppressWarnings("NullAway.Init")
    private Process process;

    @SuppressWarnings("NullAway.Init")
    private ContainerControl control;

    @SuppressWarnings("NullAway.Init")
    private ManagedContainer container;

    @BeforeEach
    void pause() throws IOException {
        process = new ProcessBuilder("sleep", "600").start();
        control = new ContainerControl(routes, Runnable::run, id -> Long.toString(process.pid()), launch -> {});
        container = new ManagedContainer(running(), event -> {}, null);
        control.add(container);
        routes.known = true;
        assertThat(Answers.failure(control.pause(ID))).isNull();
        assertThat(bare.frozen).containsExactly(ID.toString());
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void aThawThatFailedWorksLaterThoughEverybodyForgotTheContainer() {
        container.end();
        bare.broken = true;
        Supplier<CompletableFuture<Void>> thaw = control.lastThaw(ID);
        assertThat(Answers.failure(control.resume(ID))).hasMessage("the engine is away");
        routes.release(ID.toString());
        assertThat(Answers.failure(control.resume(ID)))
                .as("the route to its pauser is gone")
                .hasMessage("the engine is away");
        control.remove(container);

        assertThat(Answers.failure(thaw.get())).hasMessage("the engine is away");
        bare.broken = false;
        assertThat(Answers.failure(thaw.get())).isNull();
        assertThat(bare.frozen).isEmpty();
    }

    @Test
    void aContainerWhoseProcessIsGoneNeedsNoThawAndIsReleased() throws Exception {
        container.end();
        bare.broken = true;
        Supplier<CompletableFuture<Void>> thaw = control.lastThaw(ID);
        process.destroyForcibly().waitFor();

        assertThat(Answers.failure(thaw.get())).isNull();
        assertThat(bare.released).containsExactly(ID.toString());
    }

    @Test
    void aContainerThatNobodyKnowsNeedsNoThaw() {
        control.remove(container);
        assertThat(Answers.failure(control.lastThaw(ID).get())).isNull();
    }

    @Test
    void aContainerThatIsKilledIsNotPausedAnewWhenItsThawFails() {
        bare.relaxes = true;
        bare.frozen.clear();
        bare.broken = true;
        container.end();

        assertThat(Answers.failure(control.resume(ID))).hasMessage("the engine is away");
        assertThat(bare.frozen).isEmpty();
    }

    private static Container running() {
        return (Container) Proxy.newProxyInstance(
                Container.class.getClassLoader(),
                new Class<?>[] {Container.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getContainerId" -> ID;
                    case "getContainerState" -> ContainerState.RUNNING;
                    case "isReInitializing", "isRetryContextSet" -> false;
                    case "sendPauseEvent" -> null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /** Serves a task by its pauser until it is released, and then by one that never froze anything. */
    private static final class Routes extends RoutingPauser {
        private final FrozenNames pauser;
        private final FrozenNames others = new FrozenNames();
        private boolean known;

        Routes(FrozenNames pauser) {
            this.pauser = pauser;
        }

        @Override
        public String name() {
            return "routes";
        }

        @Override
        public boolean relaxes() {
            return pauser.relaxes();
        }

        @Override
        public void release(String task) {
            known = false;
        }

        @Override
        protected Pauser of(String task) {
            return known ? pauser : others;
        }
    }

    /** Freezes a name; while it is broken nothing is thawed. */
    private static final class FrozenNames implements Pauser {
        private final Set<String> frozen = new HashSet<>();
        private final List<String> released = new ArrayList<>();
        private boolean broken;
        private boolean relaxes;

        @Override
        public String name() {
            return "names";
        }

        @Override
        public Optional<Path> prepare(String task) {
            return Optional.empty();
        }

        @Override
        public void pause(String task, long pid) {
            frozen.add(task);
        }

        @Override
        public boolean relaxes() {
            return relaxes;
        }

        @Override
        public void resume(String task, long pid) throws IOException {
            if (broken) {
                throw new IOException("the engine is away");
            }
            frozen.remove(task);
        }

        @Override
        public boolean isPaused(String task, long pid) {
            return frozen.contains(task);
        }

        @Override
        public void release(String task) {
            released.add(task);
        }
    }
}
