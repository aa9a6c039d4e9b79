/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import com.google.common.base.Suppliers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.nodelabels.CommonNodeLabelsManager;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.CSQueue;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.QueueCapacities;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.policy.PriorityUtilizationQueueOrderingPolicy;
import org.apache.hadoop.yarn.util.resource.Resources;

/**
 * The stock order of queues, "utilization", found as far as it is asked for. The stock policy reads eight values of each queue and
 * sorts them all for each container; where queues have something to place, the first one mostly serves. Here a queue's use is read
 * once, and only who asks for a second queue has the rest sorted.
 *
 * <p>An admin's own {@code ordering-policy} wins over it. Thread-safe as the stock one is: an order is that of one moment, whoever changes
 * queues meanwhile.
 */
public final class LazyUtilizationOrder extends PriorityUtilizationQueueOrderingPolicy {
    /** As the ResourceManager makes it. */
    public LazyUtilizationOrder() {
        super(false);
    }

    @Override
    public Iterator<CSQueue> getAssignmentIterator(String partition) {
        List<Usage> usages = new ArrayList<>();
        for (CSQueue queue : new ArrayList<>(getQueues())) {
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
     * @param guaranteed whether the queue has any capacity of its own; queues without go last
     * @param capacity share of the cluster
     * @param used share of the queue's capacity, or of the cluster where it has none
     * @param configured what an admin gave the queue, read at the first tie and the same from then on
     */
    private record Usage(
            CSQueue queue,
            boolean accessible,
            boolean guaranteed,
            float capacity,
            float used,
            Supplier<Resource> configured)
            implements Comparable<Usage> {
        static Usage of(CSQueue queue, String partition) {
            QueueCapacities capacities = queue.getQueueCapacities();
            float capacity = capacities.getAbsoluteCapacity(partition);
            boolean guaranteed = Float.compare(capacity, 0) > 0;
            return new Usage(
                    queue,
                    partition.isEmpty() || mayUse(queue, partition),
                    guaranteed,
                    capacity,
                    guaranteed ? capacities.getUsedCapacity(partition) : capacities.getAbsoluteUsedCapacity(partition),
                    Suppliers.memoize(() -> queue.getQueueResourceQuotas().getConfiguredMinResource(partition)));
        }

        private static boolean mayUse(CSQueue queue, String partition) {
            return queue.getAccessibleNodeLabels().contains(partition)
                    || queue.getAccessibleNodeLabels().contains(CommonNodeLabelsManager.ANY);
        }

        @Override
        public int compareTo(Usage other) {
            if (accessible != other.accessible) {
                return accessible ? -1 : 1;
            }
            if (guaranteed != other.guaranteed) {
                return guaranteed ? -1 : 1;
            }
            int leastUsed = Float.compare(used, other.used);
            return leastUsed != 0 ? leastUsed : compareSize(other);
        }

        /** Of queues that are used alike the one that was given more goes first. */
        private int compareSize(Usage other) {
            Resource mine = configured.get();
            Resource others = other.configured.get();
            boolean inResources = !mine.equals(Resources.none()) || !others.equals(Resources.none());
            return inResources ? others.compareTo(mine) : Float.compare(other.capacity, capacity);
        }
    }

    /** Of queues that are equal the first in the list goes first. */
    private static final class Selection implements Iterator<CSQueue> {
        private final List<Usage> usages;
        private int taken;

        Selection(List<Usage> usages) {
            this.usages = usages;
        }

        @Override
        public boolean hasNext() {
            return taken < usages.size();
        }

        @Override
        public CSQueue next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no queue is left");
            }
            if (taken == 0) {
                firstToFront();
            } else if (taken == 1) {
                Collections.sort(usages.subList(1, usages.size()));
            }
            return usages.get(taken++).queue();
        }

        /** The others keep their order, which decides between equal ones. */
        private void firstToFront() {
            int first = 0;
            for (int i = 1; i < usages.size(); i++) {
                if (usages.get(i).compareTo(usages.get(first)) < 0) {
                    first = i;
                }
            }
            Collections.rotate(usages.subList(0, first + 1), 1);
        }
    }
}
