/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.central.Patience;
import io.kairos.central.Sharing;
import io.kairos.central.UsualTask;
import io.kairos.yarn.protocol.LoadReport;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.hadoop.yarn.api.records.ApplicationId;

/**
 * How much work each application has left. What its tasks attained and how many ended is added up, at intervals, from what the nodes say;
 * so a ResourceManager that begins anew knows it again as soon as they have. In between, all go by what was true then; only of an
 * application that asks for something, what it asks for counts at once. For how long one has waited no node knows: under another
 * ResourceManager its patience begins anew.
 *
 * <p>Thread-safe; {@link #learn} and {@link #forgetAll} wait for each other.
 */
final class LearnedWork {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Supplier<Collection<LoadReport>> reports;
    private final Supplier<Set<ApplicationId>> applications;
    private final ToLongFunction<ApplicationId> unfinished;
    private final Supplier<Optional<Duration>> patience;
    private final LongSupplier nanoClock;
    private final ConcurrentMap<ApplicationId, WorkLeft> learned = new ConcurrentHashMap<>();
    private final UsualTask usual = new UsualTask();
    private final Map<ApplicationId, Patience> patiences = new HashMap<>();
    private double patienceSeconds;
    private volatile double usualSeconds;
    private volatile long round;

    /**
     * @param reports the last one of each node
     * @param applications that have not ended
     * @param unfinished tasks of an application that it has or asks for
     * @param patience of an application; empty: it waits however long; asked each time
     */
    LearnedWork(
            Supplier<Collection<LoadReport>> reports,
            Supplier<Set<ApplicationId>> applications,
            ToLongFunction<ApplicationId> unfinished,
            Supplier<Optional<Duration>> patience,
            LongSupplier nanoClock) {
        this.reports = reports;
        this.applications = applications;
        this.unfinished = unfinished;
        this.patience = patience;
        this.nanoClock = nanoClock;
    }

    /** Adds it up anew: O(applications of each node). */
    synchronized void learn() {
        Set<ApplicationId> living = Set.copyOf(applications.get());
        forgetEnded(living);
        followPatience();
        Map<ApplicationId, Sum> sums = sums();
        usualSeconds = usualSeconds(living, sums);
        for (ApplicationId application : living) {
            Sum sum = sums.getOrDefault(application, Sum.NONE);
            long tasks = unfinished.applyAsLong(application);
            boolean comesFirst = isExhausted(application, sum.attained, tasks);
            learned.put(application, new WorkLeft(sum.attained, tasks, sum.finished, usualSeconds, comesFirst));
        }
        round++;
    }

    /** Nobody asks any more. How long a task usually is stays known. */
    synchronized void forgetAll() {
        learned.clear();
        patiences.clear();
        round++;
    }

    /** The application asks for other tasks than before. */
    void asked(ApplicationId application) {
        long tasks = unfinished.applyAsLong(application);
        learned.compute(application, (id, known) -> (known == null ? unknown() : known).of(tasks));
    }

    /** Another number whenever all is learned anew. */
    long round() {
        return round;
    }

    /** Of all applications of which anything is known. */
    Map<ApplicationId, WorkLeft> all() {
        return Map.copyOf(learned);
    }

    /** What the application is ordered by, seconds. Of one that is not known yet 0: it has just come and waits for its master. */
    double key(ApplicationId application) {
        WorkLeft known = learned.get(application);
        return known == null ? 0 : known.key();
    }

    private WorkLeft unknown() {
        return new WorkLeft(0, 0, 0, usualSeconds, false);
    }

    private void forgetEnded(Set<ApplicationId> living) {
        learned.forEach((application, work) -> {
            if (!living.contains(application)) {
                // What it had when that was learned last has ended since: often most of it ends together.
                usual.ended(work.attained(), work.finished() + work.unfinished());
                learned.remove(application);
            }
        });
        patiences.keySet().retainAll(living);
    }

    private double usualSeconds(Set<ApplicationId> living, Map<ApplicationId, Sum> sums) {
        Sum all = new Sum();
        for (ApplicationId application : living) {
            Sum sum = sums.getOrDefault(application, Sum.NONE);
            all.attained += sum.attained;
            all.finished += sum.finished;
        }
        return usual.secondsOr(all.attained, all.finished);
    }

    private void followPatience() {
        double seconds = patience.get().map(LearnedWork::seconds).orElse(Double.POSITIVE_INFINITY);
        if (seconds != patienceSeconds) {
            patienceSeconds = seconds;
            patiences.clear();
        }
    }

    private boolean isExhausted(ApplicationId application, double attained, long tasks) {
        double now = seconds(Duration.ofNanos(nanoClock.getAsLong()));
        return patiences
                .computeIfAbsent(application, id -> new Patience(patienceSeconds, now))
                .isExhausted(now, attained, (int) Math.min(tasks, Sharing.JOBS.mostTasks()));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_SECOND;
    }

    private Map<ApplicationId, Sum> sums() {
        Map<ApplicationId, Sum> sums = new HashMap<>();
        for (LoadReport report : reports.get()) {
            report.attainedByApplication()
                    .forEach((application, attained) -> sum(sums, application).attained += attained);
            report.endedByApplication().forEach((application, ended) -> {
                Sum sum = sum(sums, application);
                sum.attained += ended.attained();
                sum.finished += ended.tasks();
            });
        }
        return sums;
    }

    private static Sum sum(Map<ApplicationId, Sum> sums, ApplicationId application) {
        return sums.computeIfAbsent(application, any -> new Sum());
    }

    private static final class Sum {
        static final Sum NONE = new Sum();

        private double attained;
        private long finished;
    }
}
