/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.ExecutionType;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.server.resourcemanager.rmcontainer.RMContainer;
import org.apache.hadoop.yarn.server.resourcemanager.rmnode.RMNode;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.SchedulerNode;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.common.fica.FiCaSchedulerNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What is remembered against what is counted, on a real node of the stock scheduler. */
class TaskCountTest {
    private static final NodeId ID = NodeId.newInstance("node", 1);
    private static final ApplicationAttemptId ATTEMPT =
            ApplicationAttemptId.newInstance(ApplicationId.newInstance(1, 1), 1);
    private static final ApplicationAttemptId OTHER =
            ApplicationAttemptId.newInstance(ApplicationId.newInstance(1, 2), 1);

    private @Nullable ContainerId master;
    private final TaskCount count = new TaskCount(attempt -> null, attempt -> master);
    private SchedulerNode node;
    private long containers;

    @BeforeEach
    void node() {
        node = newNode();
    }

    @RepeatedTest(50)
    void whateverHappensTheCountIsThatOfTheNodesContainers(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        List<Fake> present = new ArrayList<>();
        for (int step = 0; step < 200; step++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    // A task is committed under the scheduler's lock.
                    int before = count.on(node);
                    Fake task = allocate(ExecutionType.GUARANTEED, false);
                    present.add(task);
                    count.committed(
                            node, before, task.id().getApplicationAttemptId().getApplicationId());
                }
                case 2 -> {
                    int before = count.on(node);
                    present.add(allocate(ExecutionType.GUARANTEED, true));
                    count.committed(node, before, null);
                }
                case 3 -> present.add(allocate(ExecutionType.OPPORTUNISTIC, false));
                case 4 -> {
                    if (!present.isEmpty()) {
                        Fake ended = present.remove(random.nextInt(present.size()));
                        node.releaseContainer(ended.id(), true);
                        if (random.nextBoolean()) {
                            // The node's own message of it brings no event with which to forget; the number tells.
                            count.forget(ID);
                        }
                    }
                }
                default -> {
                    if (!present.isEmpty()) {
                        Fake marked = present.get(random.nextInt(present.size()));
                        marked.master = true;
                        count.forget(ID);
                    }
                }
            }
            List<ApplicationId> owners = new TaskCount(attempt -> null, attempt -> master).owners(node);
            assertThat(count.owners(node)).containsExactlyInAnyOrderElementsOf(owners);
            assertThat(count.on(node)).isEqualTo(owners.size());
        }
    }

    @Test
    void aReleaseThatComesBetweenIsNotCoveredUpByACommit() {
        Fake first = allocate(ExecutionType.GUARANTEED, false);
        int before = count.on(node);
        node.releaseContainer(first.id(), true);
        allocate(ExecutionType.GUARANTEED, false);
        count.committed(node, before, ATTEMPT.getApplicationId());
        assertThat(count.on(node)).isEqualTo(1);
    }

    @Test
    void aCommitWhileItIsCountedIsNotCoveredUp() {
        allocate(ExecutionType.GUARANTEED, false);
        Fake late = allocate(ExecutionType.GUARANTEED, true);
        late.whenAsked = () -> {
            // The node ends the master, of which nobody tells, and a task is committed: as many containers as were
            // counted.
            late.whenAsked = () -> {};
            node.releaseContainer(late.id(), true);
            allocate(ExecutionType.GUARANTEED, false);
            count.committed(node, 1, ATTEMPT.getApplicationId());
        };
        count.on(node);
        assertThat(count.on(node)).isEqualTo(2);
    }

    @Test
    void whatComesAndGoesWithoutAWordIsCountedOnceAllIsForgotten() {
        Fake task = allocate(ExecutionType.GUARANTEED, false);
        assertThat(count.on(node)).isEqualTo(1);
        node.releaseContainer(task.id(), true);
        allocate(ExecutionType.OPPORTUNISTIC, false);
        count.forgetAll();
        assertThat(count.on(node)).isZero();
    }

    @Test
    void aMasterIsNoTaskBeforeItIsMarkedAsOne() {
        Fake first = allocate(ExecutionType.GUARANTEED, false);
        allocate(ExecutionType.GUARANTEED, false);
        master = first.id();
        assertThat(count.on(node)).isEqualTo(1);
    }

    @Test
    void whatIsForgottenWhileItIsCountedIsNotRemembered() {
        Fake late = allocate(ExecutionType.GUARANTEED, false);
        late.whenAsked = () -> {
            // It is read as a task, and is none a moment later.
            late.whenAsked = () -> {};
            late.master = true;
            count.forget(ID);
        };
        assertThat(count.on(node)).isEqualTo(1);
        assertThat(count.on(node)).isZero();
    }

    @Test
    void aNodeThatComesBackStartsAnew() {
        allocate(ExecutionType.GUARANTEED, false);
        assertThat(count.on(node)).isEqualTo(1);
        SchedulerNode again = newNode();
        assertThat(count.on(again)).isZero();
        assertThat(count.on(node)).isEqualTo(1);
    }

    private Fake allocate(ExecutionType type, boolean master) {
        Fake container =
                new Fake(ContainerId.newContainerId(containers % 2 == 0 ? ATTEMPT : OTHER, ++containers), type, master);
        node.allocateContainer(container.asContainer());
        return container;
    }

    private static SchedulerNode newNode() {
        Resource total = Resource.newInstance(1_000_000, 1_000);
        return new FiCaSchedulerNode(
                stub(
                        RMNode.class,
                        Map.of(
                                "getNodeID",
                                ID,
                                "getTotalCapability",
                                total,
                                "getHostName",
                                "node",
                                "getNodeAddress",
                                "node:1")),
                false);
    }

    private static <T> T stub(Class<T> type, Map<String, Object> answers) {
        InvocationHandler handler = (proxy, method, arguments) -> answers.get(method.getName());
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** A container that may become a master later. */
    private static final class Fake {
        private final Container container;
        private final ExecutionType type;
        private boolean master;
        private Runnable whenAsked = () -> {};

        Fake(ContainerId id, ExecutionType type, boolean master) {
            this.container = Container.newInstance(id, ID, "node:2", Resource.newInstance(1, 1), null, null, type);
            this.type = type;
            this.master = master;
        }

        ContainerId id() {
            return container.getId();
        }

        RMContainer asContainer() {
            InvocationHandler handler = (proxy, method, arguments) -> answer(method.getName(), proxy, arguments);
            return (RMContainer) Proxy.newProxyInstance(
                    RMContainer.class.getClassLoader(), new Class<?>[] {RMContainer.class}, handler);
        }

        private boolean isMaster() {
            boolean answer = master;
            whenAsked.run();
            return answer;
        }

        private @Nullable Object answer(String method, Object proxy, Object @Nullable [] arguments) {
            return switch (method) {
                case "getContainer" -> container;
                case "getContainerId" -> container.getId();
                case "getAllocatedResource" -> container.getResource();
                case "getApplicationAttemptId" -> id().getApplicationAttemptId();
                case "getExecutionType" -> type;
                case "isAMContainer" -> isMaster();
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> arguments != null && proxy == arguments[0];
                default -> null;
            };
        }
    }
}
