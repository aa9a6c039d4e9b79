/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.nodelabels.CommonNodeLabelsManager;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.CSQueue;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.QueueCapacities;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.policy.PriorityUtilizationQueueOrderingPolicy;
import org.apache.hadoop.yarn.util.resource.Resources;

/**
 * The stock order of queues, "utilization", found as far as it is asked for. The stock policy reads eight values of each queue and
 * sorts them all for each container, of which nearly always the first queue is used: with four queues that is a sixteenth of a
 * placement, with hundreds most of it. Here a queue's use is read once, and the least used one is looked for when it is asked for.
 *
 * <p>An admin's own {@code ordering-policy} wins over it. Thread-safe as the stock policy is: an iterator goes by what it read when it was made.
 */
public final class LazyUtilizationOrder extends PriorityUtilizationQueueOrderingPolicy {
    /** As the ResourceManager makes it. */
    public LazyUtilizationOrder() {
        super(false);
    }

    @Override
    public Iterator<CSQueue> getAssignmentIterator(String partition) {
        List<Usage> usages = new ArrayList<>();
        for (CSQueue queue : getQueues()) {
            usages.add(Usage.of(queue, partition));
        }
        return new Selection(usages);
    }

    /** Parent queues that set no policy of their own take their parent's by this name. */
    @Override
    public String getConfigName() {
        return LazyUtilizationOrder.class.getName();
    }

    /**
     * A queue's use of a partition at one moment.
     *
     * @param accessible whether the queue may use the partition
     * @param capacity share of the cluster; queues without go last
     * @param used share of the queue's capacity, or of the cluster where it has none
     */
    private record Usage(CSQueue queue, String partition, boolean accessible, float capacity, float used) {
        static Usage of(CSQueue queue, String partition) {
            QueueCapacities capacities = queue.getQueueCapacities();
            float capacity = capacities.getAbsoluteCapacity(partition);
            return new Usage(
                    queue,
                    partition,
                    partition.isEmpty() || mayUse(queue, partition),
                    capacity,
                    capacity > 0
                            ? capacities.getUsedCapacity(partition)
                            : capacities.getAbsoluteUsedCapacity(partition));
        }

        private static boolean mayUse(CSQueue queue, String partition) {
            return queue.getAccessibleNodeLabels().contains(partition)
                    || queue.getAccessibleNodeLabels().contains(CommonNodeLabelsManager.ANY);
        }

        boolean isBefore(Usage other) {
            if (accessible != other.accessible) {
                return accessible;
            }
            if (capacity > 0 != other.capacity > 0) {
                return capacity > 0;
            }
            int byUse = Float.compare(used, other.used);
            return byUse < 0 || (byUse == 0 && isLarger(other));
        }

        /** Of queues that are used alike the one that was given more goes first. */
        private boolean isLarger(Usage other) {
            Resource mine = configured();
            Resource others = other.configured();
            boolean inResources = !mine.equals(Resources.none()) || !others.equals(Resources.none());
            return inResources ? others.compareTo(mine) < 0 : capacity > other.capacity;
        }

        private Resource configured() {
            return queue.getQueueResourceQuotas().getConfiguredMinResource(partition);
        }
    }

    /** Takes the first of those that are left, again and again; of equals the one that is configured first. */
    private static final class Selection implements Iterator<CSQueue> {
        private final List<Usage> left;

        Selection(List<Usage> left) {
            this.left = left;
        }

        @Override
        public boolean hasNext() {
            return !left.isEmpty();
        }

        @Override
        public CSQueue next() {
            if (left.isEmpty()) {
                throw new NoSuchElementException("no queue is left");
            }
            int first = 0;
            for (int i = 1; i < left.size(); i++) {
                if (left.get(i).isBefore(left.get(first))) {
                    first = i;
                }
            }
            return left.remove(first).queue();
        }
    }
}
