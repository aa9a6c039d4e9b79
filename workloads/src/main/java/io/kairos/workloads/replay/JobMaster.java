/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import io.kairos.workloads.model.Job;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.DoubleSupplier;
import org.apache.hadoop.yarn.api.protocolrecords.AllocateResponse;
import org.apache.hadoop.yarn.api.protocolrecords.StartContainerRequest;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerExitStatus;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.ContainerStatus;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.api.records.Priority;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.api.records.ResourceRequest;
import org.apache.hadoop.yarn.exceptions.ApplicationMasterNotRegisteredException;
import org.apache.hadoop.yarn.exceptions.YarnException;

/**
 * The application master of one job: carries what {@link JobRun} decides to YARN, and what YARN says back to it, one
 * heartbeat a step. Has no thread of its own and is stepped by one thread at a time; only the outcomes of container
 * starts come in from others, through a queue.
 */
final class JobMaster implements Containers, Closeable {

    /** What {@link #step} returns once nothing is left to do. */
    static final long OVER = -1;

    private final Job job;
    private final ReplaySettings settings;
    private final MasterSession session;
    private final ContainerStarter starter;
    private final EmulatedTask task;
    private final ReplayListener listener;
    private final DoubleSupplier clock;
    private final JobRun run;
    private final HeartbeatPace pace;
    private final Queue<StartOutcome> startOutcomes = new ConcurrentLinkedQueue<>();
    private final Map<String, Container> containers = new HashMap<>();
    /** Containers whose start is under way, and the end of those that were faster than the answer to it. */
    private final Map<String, List<ContainerStatus>> starting = new HashMap<>();

    private final Map<String, Map<Container, StartContainerRequest>> starts = new LinkedHashMap<>();
    private List<ResourceRequest> asks = new ArrayList<>();
    private List<ContainerId> releases = new ArrayList<>();
    private long lastAskId;
    private boolean finishTold;

    JobMaster(
            Job job,
            ReplaySettings settings,
            MasterSession session,
            ContainerStarter starter,
            EmulatedTask task,
            ReplayListener listener,
            DoubleSupplier clock) {
        this.job = job;
        this.settings = settings;
        this.session = session;
        this.starter = starter;
        this.task = task;
        this.listener = listener;
        this.clock = clock;
        this.run = new JobRun(job, settings.attemptsPerTask(), this);
        this.pace = new HeartbeatPace(settings.heartbeat());
        run.begin();
    }

    /**
     * One heartbeat.
     *
     * @return milliseconds until the next one is due, or {@link #OVER}
     */
    long step() throws IOException, YarnException {
        takeStartOutcomes();
        if (!run.isOver()) {
            heartbeat();
        }
        if (run.isOver()) {
            return finish();
        }
        return asks.isEmpty() && releases.isEmpty() ? pace.untilNext(run.awaited() > 0) : 0;
    }

    /** Ends the job from outside; the caller sees to the application itself. */
    void fail(String reason) {
        run.fail(reason);
        tellFinished();
    }

    @Override
    public void close() {
        session.close();
    }

    /** Each ask has an id of its own, so the ResourceManager counts it down without regard to earlier ones. */
    @Override
    public void request(int count) {
        asks.add(ResourceRequest.newBuilder()
                .priority(Priority.newInstance(0))
                .resourceName(ResourceRequest.ANY)
                .capability(Resource.newInstance(settings.taskMemoryMb(), 1))
                .numContainers(count)
                .allocationRequestId(++lastAskId)
                .build());
    }

    @Override
    public void launch(String name, Attempt attempt) {
        Container container = known(name);
        starting.put(name, new ArrayList<>());
        starts.computeIfAbsent(container.getNodeId().toString(), node -> new LinkedHashMap<>())
                .put(
                        container,
                        StartContainerRequest.newInstance(
                                task.launchContext(attempt.serviceSeconds()), container.getContainerToken()));
    }

    @Override
    public void release(String name) {
        releases.add(known(name).getId());
    }

    private void heartbeat() throws IOException, YarnException {
        List<ResourceRequest> asked = asks;
        List<ContainerId> released = releases;
        asks = new ArrayList<>();
        releases = new ArrayList<>();
        if (!asked.isEmpty()) {
            pace.asked();
        }
        AllocateResponse response;
        try {
            response = session.allocate(asked, released, run.progress());
        } catch (ApplicationMasterNotRegisteredException e) {
            // The ResourceManager was restarted and knows none of our asks.
            session.register();
            if (run.awaited() > 0) {
                request(run.awaited());
            }
            return;
        }
        starter.accept(response.getNMTokens());
        // Ends first: the next stage's ask goes out with the next heartbeat.
        for (ContainerStatus status : response.getCompletedContainersStatuses()) {
            ended(status);
        }
        for (Container container : response.getAllocatedContainers()) {
            allocated(container);
        }
        starts.forEach((node, requests) -> starter.start(node, requests, startOutcomes::add));
        starts.clear();
    }

    private void allocated(Container container) {
        String name = container.getId().toString();
        containers.put(name, container);
        Attempt attempt = run.allocated(name);
        if (attempt == null) {
            containers.remove(name);
            return;
        }
        listener.containerAllocated(attempt.task(), name, node(container), clock.getAsDouble());
    }

    private void ended(ContainerStatus status) {
        String name = status.getContainerId().toString();
        List<ContainerStatus> early = starting.get(name);
        if (early != null) {
            early.add(status);
            return;
        }
        ended(name, TaskEnd.of(status.getExitStatus()), status.getExitStatus());
    }

    private void ended(String name, TaskEnd end, int exitStatus) {
        Container container = containers.remove(name);
        Attempt attempt = run.ended(name, end);
        if (container != null && attempt != null) {
            listener.taskEnded(attempt.task(), name, node(container), end, exitStatus, clock.getAsDouble());
        }
    }

    private void takeStartOutcomes() {
        for (StartOutcome outcome = startOutcomes.poll(); outcome != null; outcome = startOutcomes.poll()) {
            List<ContainerStatus> early = starting.remove(outcome.container());
            Attempt attempt = run.running(outcome.container());
            if (attempt == null || early == null) {
                continue;
            }
            Container container = known(outcome.container());
            if (outcome.problem() == null) {
                listener.taskStarted(attempt.task(), outcome.container(), node(container), outcome.time());
                early.forEach(this::ended);
            } else {
                listener.error("container " + outcome.container() + " was not started", outcome.problem());
                release(outcome.container());
                ended(outcome.container(), TaskEnd.LOST, ContainerExitStatus.INVALID);
            }
        }
    }

    private long finish() throws IOException, YarnException {
        tellFinished();
        FinalApplicationStatus status =
                run.hasFailed() ? FinalApplicationStatus.FAILED : FinalApplicationStatus.SUCCEEDED;
        // The ResourceManager ends what still runs of a failed job along with the application.
        return session.unregister(status, run.failure())
                ? OVER
                : settings.heartbeat().toMillis();
    }

    private void tellFinished() {
        if (finishTold) {
            return;
        }
        finishTold = true;
        double now = clock.getAsDouble();
        run.abandon()
                .forEach((name, attempt) -> listener.taskEnded(
                        attempt.task(), name, node(known(name)), TaskEnd.KILLED, ContainerExitStatus.ABORTED, now));
        listener.jobFinished(job.id(), run.hasFailed(), run.failure(), now);
    }

    private Container known(String name) {
        Container container = containers.get(name);
        if (container == null) {
            throw new IllegalStateException("container " + name + " is not one of job " + job.id());
        }
        return container;
    }

    private static String node(Container container) {
        return container.getNodeId().toString();
    }
}
