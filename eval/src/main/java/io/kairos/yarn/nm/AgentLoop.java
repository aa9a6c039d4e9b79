/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.Decision;
import io.kairos.node.NodeScheduler;
import io.kairos.node.NodeSettings;
import io.kairos.node.TaskOrders;
import io.kairos.node.TaskRequest;
import io.kairos.node.TaskView;
import io.kairos.node.pauser.ForwardingPauser;
import io.kairos.node.pauser.Pauser;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.Container;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.container.ContainerState;

/**
 * The node agent as it runs in a NodeManager with Docker, with its thread, its policy, its control and its pausing threads; only
 * YARN's container is played. One slot, held by a container that runs: a newcomer takes it, which pauses the container; the
 * newcomer's end resumes it. For one caller's thread.
 */
public final class AgentLoop implements AutoCloseable {
    private static final long MOST_SECONDS = 30;
    private static final Duration NEVER = Duration.ofDays(300);

    private final ContainerId container;
    private final ContainerId newcomer;
    private final BlockingQueue<Long> ends = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();
    private final BlockingQueue<Boolean> answers = new LinkedBlockingQueue<>();
    private final ExecutorService pausing = Executors.newCachedThreadPool(AgentLoop::daemon);
    private final ExecutorService dispatcher = Executors.newSingleThreadExecutor(AgentLoop::daemon);
    private final ManagedContainer managed;
    private final NodeAgent<ContainerId> agent;
    private final AgentThread thread;
    private volatile boolean resuming;

    /**
     * @param swift whether the pauser is called by the agent's own thread, as with {@code cgroup}, not with {@code docker}
     * @param name of a container that runs, as YARN gives them
     * @param pid its first process
     * @throws IOException the container is not paused when it should be
     */
    public AgentLoop(Pauser pauser, boolean swift, String name, long pid) throws IOException, InterruptedException {
        container = ContainerId.fromString(name);
        newcomer = ContainerId.newContainerId(
                ApplicationAttemptId.newInstance(ApplicationId.newInstance(container.getContainerId(), 1), 1),
                Integer.MAX_VALUE);
        ContainerControl control = new ContainerControl(
                new Watched(pauser),
                swift ? Runnable::run : pausing,
                id -> id.equals(container) ? Long.toString(pid) : null,
                launch -> {
                    throw new IllegalStateException("nothing is launched here");
                });
        managed = new ManagedContainer(played(), event -> {}, null);
        control.add(managed);
        agent = new NodeAgent<>(settings(), AgentLoop::policy, control, new Failures(), System::nanoTime);
        thread = new AgentThread(agent);
        agent.adopt(
                new TaskRequest<>(container, "one", 1, 0, true),
                Duration.ofSeconds(1).toNanos());
        thread.start();
        awaitRunning();
    }

    private static NodeSettings settings() {
        return new NodeSettings(
                1,
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                NEVER,
                Optional.empty(),
                1,
                Optional.empty(),
                Optional.empty(),
                Duration.ofMillis(1));
    }

    private static NodeScheduler<ContainerId> policy(NodeSettings settings) {
        return new NodeScheduler<>(settings, TaskOrders.attainedService());
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "kairos-bench");
        thread.setDaemon(true);
        return thread;
    }

    private void awaitRunning() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (agent.tasks().join().stream().noneMatch(task -> task.state() == TaskView.State.RUNNING)) {
            if (System.nanoTime() > end) {
                throw new IOException("the agent did not find container " + container);
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /**
     * A newcomer asks for the container's slot.
     *
     * @return nanoseconds until the container was frozen and YARN was told so
     * @throws IOException it was not paused within half a minute
     */
    public long pause() throws IOException, InterruptedException {
        resuming = false;
        long start = System.nanoTime();
        agent.arrive(new TaskRequest<>(newcomer, "other", 1, 0, true));
        long end = await(ends, "pause");
        await(answers, "answer to the pause");
        return end - start;
    }

    /**
     * The newcomer ends.
     *
     * @return nanoseconds until the container was thawed
     * @throws IOException it was not resumed within half a minute
     */
    public long resume() throws IOException, InterruptedException {
        resuming = true;
        long start = System.nanoTime();
        agent.finish(newcomer, () -> {});
        long end = await(ends, "resume");
        // And the agent is through with it before the next one comes.
        awaitRunning();
        return end - start;
    }

    private <T> T await(BlockingQueue<T> queue, String what) throws IOException, InterruptedException {
        T found = queue.poll(MOST_SECONDS, TimeUnit.SECONDS);
        String failure = failures.poll();
        if (failure != null) {
            throw new IOException(failure);
        }
        if (found == null) {
            throw new IOException("no " + what + " of container " + container + " within " + MOST_SECONDS + " s");
        }
        return found;
    }

    /** Thaws the container. */
    @Override
    public void close() throws InterruptedException {
        agent.release().join();
        thread.close();
        pausing.shutdown();
        dispatcher.shutdown();
    }

    /** A container of YARN's that runs, and whose pause is answered by a dispatcher's thread as YARN does. */
    private Container played() {
        return (Container) Proxy.newProxyInstance(
                AgentLoop.class.getClassLoader(), new Class<?>[] {Container.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "getContainerId" -> container;
                        case "getContainerState" -> ContainerState.RUNNING;
                        case "isReInitializing", "isRetryContextSet" -> false;
                        case "sendPauseEvent" -> {
                            ends.add(System.nanoTime());
                            dispatcher.execute(this::answer);
                            yield null;
                        }
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }

    private void answer() {
        managed.answerPause();
        managed.answerResume();
        answers.add(true);
    }

    /** Tells the end of a resume, which YARN hears of before it. */
    private final class Watched extends ForwardingPauser {
        Watched(Pauser pauser) {
            super(pauser);
        }

        @Override
        public void resume(String task, long pid) throws IOException {
            super.resume(task, pid);
            if (resuming) {
                ends.add(System.nanoTime());
                resuming = false;
            }
        }
    }

    /** A failure ends the wait for what failed. */
    private final class Failures implements AgentListener<ContainerId> {
        @Override
        public void decided(Decision<ContainerId> decision) {}

        @Override
        public void finished(TaskView<ContainerId> last, long timeNanos, int running, int paused, int held) {}

        @Override
        public void repaired(ContainerId task, boolean shouldBeFrozen) {}

        @Override
        public void failed(String what, Throwable cause) {
            failures.add(what + ": " + cause.getMessage());
            ends.add(0L);
        }
    }
}
