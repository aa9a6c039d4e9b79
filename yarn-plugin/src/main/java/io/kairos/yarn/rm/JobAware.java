/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.central.Sharing;
import io.kairos.yarn.protocol.LoadReport;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.ResourceUsage;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.fica.FiCaSchedulerApp;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.policy.OrderingPolicy;
import org.apache.hadoop.yarn.util.resource.Resources;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job-aware policy in the ResourceManager: it learns how much work each application has left, has queues order their applications by
 * that, and says who may share a slot. While another policy is in force it does nothing.
 *
 * <p>Thread-safe, but for what says that it is the placement thread's.
 */
final class JobAware implements NodeLoads.JobKeys, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobAware.class);
    private static final String THREAD = "Kairos work left";

    private final BooleanSupplier inForce;
    private final LearnedWork work;
    private final SharingGate<FiCaSchedulerApp> gate;
    private final Runnable whenLearned;
    private final JobTasks tasks;
    private @Nullable ScheduledExecutorService timer;
    private volatile @Nullable Thread placing;
    private boolean wasInForce;

    /**
     * @param inForce whether it is the policy now
     * @param reports the last one of each node
     * @param applications that have not ended
     * @param attempts the newest of an application; null if it has none yet
     * @param patience of an application; empty: it waits however long
     * @param whenLearned run when the order of applications is another
     */
    JobAware(
            BooleanSupplier inForce,
            Supplier<Collection<LoadReport>> reports,
            Supplier<Set<ApplicationId>> applications,
            Function<ApplicationId, @Nullable FiCaSchedulerApp> attempts,
            JobTasks tasks,
            Supplier<Optional<Duration>> patience,
            Runnable whenLearned) {
        this.inForce = inForce;
        this.work = new LearnedWork(
                reports, applications, id -> unfinished(attempts.apply(id), tasks), patience, System::nanoTime);
        this.gate =
                new SharingGate<>(Sharing.JOBS, tasks::placed, application -> work.key(application.getApplicationId()));
        this.whenLearned = whenLearned;
        this.tasks = tasks;
    }

    private static long unfinished(@Nullable FiCaSchedulerApp attempt, JobTasks tasks) {
        return attempt == null ? 0 : tasks.unfinished(attempt);
    }

    /** Begins to learn. */
    synchronized void start(Duration interval) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, THREAD);
            thread.setDaemon(true);
            return thread;
        });
        timer = executor;
        executor.scheduleAtFixedRate(this::learnSafely, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }

    private void learnSafely() {
        try {
            learn();
        } catch (RuntimeException | Error e) { // which would else be the last round
            LOG.error(
                    "What work applications have left was not learned anew, or not followed by all queues; what was known holds",
                    e);
        }
    }

    /** Learns what is known now, if the policy is in force. */
    synchronized void learn() {
        if (inForce.getAsBoolean()) {
            work.learn();
            whenLearned.run();
            wasInForce = true;
        } else if (wasInForce) {
            work.forgetAll();
            wasInForce = false;
        }
    }

    /** Whether the queue is ordered as the policy in force says. */
    boolean isOrdered(OrderingPolicy<FiCaSchedulerApp> order) {
        return !inForce.getAsBoolean() || order instanceof WorkLeftOrder;
    }

    /** For one queue. */
    OrderingPolicy<FiCaSchedulerApp> newOrder() {
        return new WorkLeftOrder(work, this::lets);
    }

    /** What orders the application's tasks on a node, seconds; empty where each is ordered by what it has attained. */
    OptionalDouble keyOnNodes(ApplicationId application) {
        return inForce.getAsBoolean() ? OptionalDouble.of(work.key(application)) : OptionalDouble.empty();
    }

    /** Work left of each application and what that was learned from; empty while the policy is not in force. */
    Map<ApplicationId, WorkLeft> known() {
        return inForce.getAsBoolean() ? work.all() : Map.of();
    }

    /** The tasks of applications, whatever the policy. */
    JobTasks tasks() {
        return tasks;
    }

    @Override
    public double key(ApplicationId application) {
        return work.key(application);
    }

    @Override
    public long round() {
        return work.round();
    }

    /**
     * Has a container sought for a node; for the placement thread.
     *
     * @param victimWorkLeft of the job that gives way there, seconds; empty where a slot is free, or jobs are not looked at
     * @param seek asks queues for it
     * @return whether applications that want something were refused for what they would do to others, and no other one wants anything
     */
    boolean seek(OptionalDouble victimWorkLeft, Runnable seek) {
        if (victimWorkLeft.isPresent()) {
            gate.share(victimWorkLeft.getAsDouble());
        } else {
            gate.open();
        }
        placing = Thread.currentThread();
        try {
            seek.run();
        } finally {
            placing = null;
        }
        return gate.hasRefusedAll();
    }

    /** Whether the application is asked what it wants. Only who seeks for a node knows of anyone who would give way. */
    private boolean lets(FiCaSchedulerApp application) {
        return Thread.currentThread() != placing
                || hasAsks(application) && gate.lets(application, !asksForOtherThanTasks(application));
    }

    /** Whether the application may be given a task more on the node that a container is sought for; asked for each of its asks. */
    boolean mayTake(@Nullable FiCaSchedulerApp application) {
        return application == null
                || Thread.currentThread() != placing
                || application.isWaitingForAMContainer()
                || !gate.refuses(application);
    }

    /** For its master, or for a container that is to become larger where it is. */
    private static boolean asksForOtherThanTasks(FiCaSchedulerApp application) {
        return application.isWaitingForAMContainer()
                || application.getSchedulerKeys().stream().anyMatch(key -> key.getContainerToUpdate() != null);
    }

    /** Whether it asks for anything. */
    static boolean hasAsks(FiCaSchedulerApp application) {
        ResourceUsage usage = application.getAppAttemptResourceUsage();
        // The usual case first: a sum over all labels is a new object each time.
        Resource pending = usage.getPending();
        return pending.getMemorySize() > 0 || pending.getVirtualCores() > 0 || !Resources.isNone(usage.getAllPending());
    }
}
