/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.node.NodeScheduler;
import io.kairos.node.NodeSettings;
import io.kairos.node.TaskOrders;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderInForceTest {
    private static final NodeSettings SETTINGS = NodeSettings.defaults(1);

    private final OrderInForce<String> order =
            new OrderInForce<>(settings -> new NodeScheduler<>(settings, TaskOrders.attainedService()));

    @Test
    void withoutKeysTasksAreOrderedByAttainedService() {
        assertThat(order.tell(Map.of())).isFalse();
        assertThat(order.order().isAttainedService()).isTrue();
    }

    @Test
    void keysAreThoseThatWereToldWhateverBecomesOfThemElsewhere() {
        Map<String, Double> keys = new HashMap<>(Map.of("a", 2.0));
        assertThat(order.tell(keys)).isTrue();
        assertThat(order.tell(Map.of("a", 2.0))).as("the same again").isFalse();

        keys.put("a", 3.0);
        assertThat(order.order().priority("a", 7)).isEqualTo(2);
        assertThat(order.tell(keys)).isTrue();
        assertThat(order.order().priority("a", 7)).isEqualTo(3);
    }

    @Test
    void anApplicationThatIsNotNamedGivesWayToAllThatAre() {
        order.tell(Map.of("a", 1e300));
        assertThat(order.order().priority("stranger", 0))
                .isGreaterThan(order.order().priority("a", 0))
                .isFinite();
    }

    @Test
    void aNewPolicyBeginsWithTheKeys() {
        order.tell(Map.of("application of urgent", 1.0, "application of other", 2.0));
        NodeScheduler<String> policy = order.policy(SETTINGS, 0);
        policy.arrive(SteppedAgent.task("urgent"), 1);
        policy.started("urgent", 1);

        assertThat(policy.arrive(SteppedAgent.task("other"), 2).toString()).contains("HOLD");
    }

    @Test
    void byKeysThereIsNoGuarantee() {
        assertThat(order.with(SETTINGS)).isEqualTo(SETTINGS);
        order.tell(Map.of("a", 1.0));
        assertThat(order.with(SETTINGS)).isEqualTo(SETTINGS.withoutGuarantee());
        order.tell(Map.of());
        assertThat(order.with(SETTINGS)).isEqualTo(SETTINGS);
    }
}
