/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import org.apache.hadoop.yarn.api.records.Priority;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.QueueResourceQuotas;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.CSQueue;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.QueueCapacities;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.policy.PriorityUtilizationQueueOrderingPolicy;
import org.junit.jupiter.api.Test;

/** The order of queues is that of the stock policy, which is the reference. */
class LazyUtilizationOrderTest {
    private static final int CLUSTERS = 5_000;
    private static final int MOST_QUEUES = 7;

    /** Few values each, so that queues are equal often. */
    private static final float[] SHARES = {0, 0, 0.25f, 0.5f, 1, 1.5f, Float.NaN};

    private static final List<Set<String>> LABELS = List.of(Set.of(), Set.of("gpu"), Set.of("*"), Set.of("ssd", "gpu"));

    @Test
    void everyOrderIsTheStockOne() {
        Random random = new Random(3);
        for (int cluster = 0; cluster < CLUSTERS; cluster++) {
            String partition = random.nextBoolean() ? "" : "gpu";
            List<CSQueue> queues = new ArrayList<>();
            for (int queue = random.nextInt(MOST_QUEUES); queue >= 0; queue--) {
                queues.add(queue(random, partition));
            }
            LazyUtilizationOrder lazy = new LazyUtilizationOrder();
            lazy.setQueues(queues);
            PriorityUtilizationQueueOrderingPolicy stock = new PriorityUtilizationQueueOrderingPolicy(false);
            stock.setQueues(queues);

            assertThat(ImmutableList.copyOf(lazy.getAssignmentIterator(partition)))
                    .as("cluster %d, partition '%s'", cluster, partition)
                    .containsExactlyElementsOf(ImmutableList.copyOf(stock.getAssignmentIterator(partition)));
        }
    }

    @Test
    void whatHappensMeanwhileChangesNoOrderThatIsUnderWay() {
        CSQueue idle = queue(1, 0.1f, Resource.newInstance(0, 0), Set.of());
        CSQueue busy = queue(1, 0.5f, Resource.newInstance(0, 0), Set.of());
        LazyUtilizationOrder order = new LazyUtilizationOrder();
        order.setQueues(List.of(busy, idle));
        Iterator<CSQueue> underWay = order.getAssignmentIterator("");
        idle.getQueueCapacities().setUsedCapacity("", 0.9f);

        assertThat(underWay.next()).isSameAs(idle);
        assertThat(underWay.next()).isSameAs(busy);
        assertThatThrownBy(underWay::next).isInstanceOf(NoSuchElementException.class);
        assertThat(order.getAssignmentIterator("").next()).isSameAs(busy);
    }

    private static CSQueue queue(Random random, String partition) {
        CSQueue queue = queue(
                SHARES[random.nextInt(SHARES.length)],
                SHARES[random.nextInt(SHARES.length)],
                Resource.newInstance(random.nextInt(3) * 1_024L, random.nextInt(2)),
                LABELS.get(random.nextInt(LABELS.size())));
        QueueCapacities capacities = queue.getQueueCapacities();
        capacities.setAbsoluteCapacity(partition, capacities.getAbsoluteCapacity(""));
        capacities.setUsedCapacity(partition, capacities.getUsedCapacity(""));
        capacities.setAbsoluteUsedCapacity(partition, SHARES[random.nextInt(SHARES.length)]);
        queue.getQueueResourceQuotas()
                .setConfiguredMinResource(
                        partition, queue.getQueueResourceQuotas().getConfiguredMinResource(""));
        return queue;
    }

    private static CSQueue queue(float capacity, float used, Resource configured, Set<String> labels) {
        QueueCapacities capacities = new QueueCapacities(false);
        capacities.setAbsoluteCapacity("", capacity);
        capacities.setUsedCapacity("", used);
        QueueResourceQuotas quotas = new QueueResourceQuotas();
        quotas.setConfiguredMinResource("", configured);
        return (CSQueue) Proxy.newProxyInstance(
                CSQueue.class.getClassLoader(),
                new Class<?>[] {CSQueue.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getQueueCapacities" -> capacities;
                    case "getQueueResourceQuotas" -> quotas;
                    case "getAccessibleNodeLabels" -> labels;
                    case "getPriority" -> Priority.newInstance(0);
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "toString" -> capacities.toString();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
