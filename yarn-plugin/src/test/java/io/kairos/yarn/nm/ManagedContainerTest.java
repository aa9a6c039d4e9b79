/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.Container;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.ContainerState;
import org.junit.jupiter.api.Test;

/** What YARN is told of a pause, and in which order. */
class ManagedContainerTest {
    private static final ContainerId ID =
            ContainerId.newContainerId(ApplicationAttemptId.newInstance(ApplicationId.newInstance(1, 1), 1), 2);

    private final List<String> told = new ArrayList<>();
    private ContainerState state = ContainerState.RUNNING;
    private final ManagedContainer container =
            new ManagedContainer(container(), event -> told.add(event.getType().name()), null);

    @Test
    void aPauseIsToldOnceAndItsResumeIsKeptUntilTheThaw() {
        assertThat(container.showPause()).isTrue();
        assertThat(told).containsExactly("PAUSE");

        assertThat(container.answerPause()).isTrue();
        assertThat(container.answerResume()).isTrue();
        assertThat(told).containsExactly("PAUSE", "CONTAINER_PAUSED");

        container.showResume();
        assertThat(told).containsExactly("PAUSE", "CONTAINER_PAUSED", "CONTAINER_RESUMED");
    }

    @Test
    void aPauseIsKeptFromYarnsAnswerToTheThawAndNotOnceTheContainerEnds() {
        container.showPause();
        container.answerPause();
        assertThat(container.isKept()).isFalse();
        container.answerResume();
        assertThat(container.isKept()).isTrue();
        container.showResume();
        assertThat(container.isKept()).isFalse();

        container.showPause();
        container.answerResume();
        assertThat(container.isKept()).isTrue();
        container.end();
        assertThat(container.isKept()).isFalse();
    }

    @Test
    void aPauseOutsideRunningIsRefusedSoThatTheCallerThaws() {
        for (ContainerState other : List.of(
                ContainerState.RELAUNCHING,
                ContainerState.KILLING,
                ContainerState.EXITED_WITH_SUCCESS,
                ContainerState.SCHEDULED)) {
            state = other;
            assertThat(container.showPause()).as(other.name()).isFalse();
        }
        assertThat(told).isEmpty();
    }

    @Test
    void aPauseWhileOurOwnResumeIsUnderWayIsToldToo() {
        container.showPause();
        container.answerPause();
        container.answerResume();
        container.showResume();
        state = ContainerState.RESUMING;

        assertThat(container.showPause()).isTrue();
        assertThat(told).containsExactly("PAUSE", "CONTAINER_PAUSED", "CONTAINER_RESUMED", "PAUSE");
    }

    @Test
    void pausesOfOthersAreLeftToTheStockLauncher() {
        assertThat(container.answerPause()).isFalse();
        assertThat(container.answerResume()).isFalse();
    }

    @Test
    void anEndedContainerIsNeitherPausedNorLaunched() {
        container.end();

        assertThat(container.showPause()).isFalse();
        assertThat(container.takeLaunch()).isNull();
    }

    @Test
    void theThawWaitsUntilYarnHasAnsweredThePause() throws Exception {
        container.showPause();
        assertThat(container.awaitPauseAnswered(1)).isFalse();

        CountDownLatch waiting = new CountDownLatch(1);
        FutureTask<Boolean> answered = new FutureTask<>(() -> {
            waiting.countDown();
            return container.awaitPauseAnswered(TimeUnit.MINUTES.toNanos(1));
        });
        Thread waiter = new Thread(answered, "waiter");
        waiter.start();
        waiting.await();
        container.answerPause();
        container.answerResume();

        assertThat(answered.get(1, TimeUnit.MINUTES)).isTrue();
        waiter.join();
    }

    @Test
    void nothingIsWaitedForOnceTheContainerEnds() {
        container.showPause();
        container.end();

        assertThat(container.awaitPauseAnswered(0)).isTrue();
    }

    /** The four methods that a managed container calls. */
    private Container container() {
        return (Container) Proxy.newProxyInstance(
                Container.class.getClassLoader(),
                new Class<?>[] {Container.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getContainerId" -> ID;
                    case "getContainerState" -> state;
                    case "isReInitializing" -> false;
                    case "sendPauseEvent" -> {
                        told.add("PAUSE");
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
