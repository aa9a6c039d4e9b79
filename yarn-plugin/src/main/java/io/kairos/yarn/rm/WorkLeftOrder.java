/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import com.google.common.collect.Iterators;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.Priority;
import org.apache.hadoop.yarn.server.resourcemanager.rmcontainer.RMContainer;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.fica.FiCaSchedulerApp;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.policy.IteratorSelector;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.policy.OrderingPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The applications of one queue: by priority, those without last; of equals the one with least work left first; then the one that came first. What
 * is learned anew changes the order of all at once, what an application asks for its own place at once.
 *
 * <p>Thread-safe. Whoever goes through it while it changes may meet an application twice, or not before the next time.
 */
final class WorkLeftOrder implements OrderingPolicy<FiCaSchedulerApp> {
    private final LearnedWork work;
    private final Predicate<FiCaSchedulerApp> gate;
    private final ConcurrentMap<ApplicationAttemptId, Ranked> ranks = new ConcurrentHashMap<>();
    private volatile NavigableSet<Ranked> order = new ConcurrentSkipListSet<>();
    private long orderedIn;

    /** @param gate who may be given something now, asked in turn; asked again each time */
    WorkLeftOrder(LearnedWork work, Predicate<FiCaSchedulerApp> gate) {
        this.work = work;
        this.gate = gate;
    }

    /** An application with what it is ordered by, which is so as long as it stands in the order. */
    private record Ranked(FiCaSchedulerApp application, @Nullable Priority priority, double key)
            implements Comparable<Ranked> {
        private static final Comparator<Ranked> ORDER = Comparator.comparing(
                        Ranked::priority, Comparator.<@Nullable Priority>nullsLast(Comparator.naturalOrder()))
                .thenComparingDouble(Ranked::key)
                .thenComparing(ranked -> ranked.application().getApplicationAttemptId());

        @Override
        public int compareTo(Ranked other) {
            return ORDER.compare(this, other);
        }
    }

    /** A copy; in one with what takes an application out for a moment, for whoever asks may put another order in this one's place. */
    @Override
    public synchronized Collection<FiCaSchedulerApp> getSchedulableEntities() {
        return order.stream().map(Ranked::application).toList();
    }

    @Override
    public Iterator<FiCaSchedulerApp> getAssignmentIterator(IteratorSelector selector) {
        follow();
        return Iterators.filter(Iterators.transform(order.iterator(), Ranked::application), gate::test);
    }

    @Override
    public Iterator<FiCaSchedulerApp> getPreemptionIterator() {
        follow();
        return Iterators.transform(order.descendingIterator(), Ranked::application);
    }

    @Override
    public synchronized void addSchedulableEntity(@Nullable FiCaSchedulerApp application) {
        if (application != null) {
            removeSchedulableEntity(application);
            Ranked ranked = rank(application);
            ranks.put(application.getApplicationAttemptId(), ranked);
            order.add(ranked);
        }
    }

    @Override
    public synchronized boolean removeSchedulableEntity(@Nullable FiCaSchedulerApp application) {
        Ranked ranked = application == null ? null : ranks.remove(application.getApplicationAttemptId());
        return ranked != null && order.remove(ranked);
    }

    @Override
    public void addAllSchedulableEntities(Collection<FiCaSchedulerApp> applications) {
        applications.forEach(this::addSchedulableEntity);
    }

    @Override
    public int getNumSchedulableEntities() {
        return ranks.size();
    }

    @Override
    public void configure(Map<String, String> configuration) {}

    @Override
    public void containerAllocated(FiCaSchedulerApp application, RMContainer container) {}

    @Override
    public void containerReleased(FiCaSchedulerApp application, RMContainer container) {}

    @Override
    public synchronized void demandUpdated(FiCaSchedulerApp application) {
        work.asked(id(application));
        if (ranks.containsKey(application.getApplicationAttemptId())) {
            addSchedulableEntity(application);
        }
    }

    @Override
    public String getInfo() {
        return "least work left first";
    }

    @Override
    public String getConfigName() {
        return "kairos-work-left";
    }

    /** Work left is learned of all at the same time: then all are ordered anew. */
    private synchronized void follow() {
        long now = work.round();
        if (now != orderedIn) {
            orderedIn = now;
            ranks.replaceAll((id, ranked) -> rank(ranked.application()));
            order = new ConcurrentSkipListSet<>(ranks.values());
        }
    }

    private Ranked rank(FiCaSchedulerApp application) {
        return new Ranked(application, application.getPriority(), work.key(id(application)));
    }

    private static ApplicationId id(FiCaSchedulerApp application) {
        return application.getApplicationAttemptId().getApplicationId();
    }
}
