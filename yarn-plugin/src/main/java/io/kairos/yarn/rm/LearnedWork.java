/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import io.kairos.central.UsualTask;
import io.kairos.yarn.protocol.LoadReport;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.hadoop.yarn.api.records.ApplicationId;

/**
 * How much work each application has left. What its tasks attained and how many ended is added up, at intervals, from what the nodes say;
 * so a ResourceManager that begins anew knows it again as soon as they have. In between, all go by what was true then; only of an
 * application that asks for something, what it asks for counts at once.
 *
 * <p>Thread-safe; {@link #learn} and {@link #forgetAll} wait for each other.
 */
final class LearnedWork {
    private final Supplier<Collection<LoadReport>> reports;
    private final Supplier<Set<ApplicationId>> applications;
    private final ToLongFunction<ApplicationId> unfinished;
    private final ConcurrentMap<ApplicationId, WorkLeft> learned = new ConcurrentHashMap<>();
    private final UsualTask usual = new UsualTask();
    private volatile double usualSeconds;
    private volatile long round;

    /**
     * @param reports the last one of each node
     * @param applications that have not ended
     * @param unfinished tasks of an application that it has or asks for
     */
    LearnedWork(
            Supplier<Collection<LoadReport>> reports,
            Supplier<Set<ApplicationId>> applications,
            ToLongFunction<ApplicationId> unfinished) {
        this.reports = reports;
        this.applications = applications;
        this.unfinished = unfinished;
    }

    /** Adds it up anew: O(applications of each node). */
    synchronized void learn() {
        Set<ApplicationId> living = applications.get();
        learned.forEach((application, work) -> {
            if (!living.contains(application)) {
                usual.ended(work.attained(), work.finished());
                learned.remove(application);
            }
        });
        usualSeconds = usual.seconds();
        Map<ApplicationId, Sum> sums = sums();
        for (ApplicationId application : living) {
            Sum sum = sums.getOrDefault(application, Sum.NONE);
            learned.put(
                    application,
                    new WorkLeft(sum.attained, unfinished.applyAsLong(application), sum.finished, usualSeconds));
        }
        round++;
    }

    /** Nobody asks any more. How long a task usually is stays known. */
    synchronized void forgetAll() {
        learned.clear();
        round++;
    }

    /** The application asks for other tasks than before. */
    void asked(ApplicationId application) {
        learned.compute(application, (id, known) -> (known == null ? unknown() : known).of(unfinished.applyAsLong(id)));
    }

    /** Another number whenever all is learned anew. */
    long round() {
        return round;
    }

    /** Of all applications of which anything is known. */
    Map<ApplicationId, WorkLeft> all() {
        return Map.copyOf(learned);
    }

    /** Seconds. Of an application that is not known yet 0: it has just come and waits for its master. */
    double seconds(ApplicationId application) {
        WorkLeft known = learned.get(application);
        return known == null ? 0 : known.seconds();
    }

    private WorkLeft unknown() {
        return new WorkLeft(0, 0, 0, usualSeconds);
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
