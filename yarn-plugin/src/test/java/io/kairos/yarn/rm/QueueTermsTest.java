/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kairos.yarn.conf.SettingException;
import io.kairos.yarn.protocol.ApplicationTerms;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What queues may say, and what follows for their applications. */
class QueueTermsTest {
    private static final Set<String> TAGGED = Set.of("nightly", QueueTerms.NOT_PREEMPTABLE);

    private final Configuration configuration = new Configuration(false);

    @Test
    void aQueueThatSaysNothingIsAsItsParent() {
        set("root.etl", "weight", "2.5");
        set("root.etl.nightly", "preemptable", "false");
        set("root", "opt-out", "false");
        QueueTerms terms = QueueTerms.read(configuration);

        assertThat(terms.of("root.etl.nightly", Set.of())).isEqualTo(new ApplicationTerms(2.5, false, false));
        assertThat(terms.of("root.etl.adhoc.created", Set.of())).isEqualTo(new ApplicationTerms(2.5, true, false));
        assertThat(terms.of("root.other", Set.of())).isEqualTo(new ApplicationTerms(1, true, false));
    }

    @Test
    void theTagCountsOnlyWhereTheQueueLetsItsApplicationsOptOut() {
        set("root.strict", "opt-out", "false");
        QueueTerms terms = QueueTerms.read(configuration);

        assertThat(terms.of("root.free", TAGGED)).isEqualTo(new ApplicationTerms(1, false, true));
        assertThat(terms.of("root.strict", TAGGED)).isEqualTo(new ApplicationTerms(1, true, false));
    }

    @ParameterizedTest
    @CsvSource({
        "weight, 0, 'a number from 0.01 to 100'",
        "weight, heavy, 'a number from 0.01 to 100'",
        "weight, NaN, 'a number from 0.01 to 100'",
        "preemptable, no, 'one of true, false'",
        "opt-out, 1, 'one of true, false'",
    })
    void aBadValueIsOneLine(String property, String value, String allowed) {
        set("root.etl", property, value);
        assertThatThrownBy(() -> QueueTerms.read(configuration))
                .isInstanceOf(SettingException.class)
                .hasMessage("yarn.scheduler.capacity.root.etl.kairos." + property + " is '" + value + "': expected "
                        + allowed);
    }

    @Test
    void aMisspeltPropertyIsRefused() {
        set("root.etl", "preemptible", "false");
        assertThatThrownBy(() -> QueueTerms.read(configuration))
                .hasMessage(
                        "yarn.scheduler.capacity.root.etl.kairos.preemptible is 'false': expected no such key, but one"
                                + " of preemptable, weight, opt-out behind kairos.");
    }

    @Test
    void aQueueAUserOrALabelOfTheSameNameIsNoBusinessOfOurs() {
        configuration.set("yarn.scheduler.capacity.root.accessible-node-labels.kairos.capacity", "100");
        configuration.set("yarn.scheduler.capacity.root.queues", "default, kairos");
        configuration.set("yarn.scheduler.capacity.root.kairos.capacity", "20");
        configuration.set("yarn.scheduler.capacity.root.default.user-settings.kairos.weight", "1000");
        set("root.kairos", "weight", "4");
        QueueTerms terms = QueueTerms.read(configuration);

        assertThat(terms.of("root.kairos", Set.of()).weight()).isEqualTo(4);
        assertThat(terms.of("root.default", Set.of()).weight()).isEqualTo(1);
    }

    private void set(String path, String property, String value) {
        configuration.set("yarn.scheduler.capacity." + path + ".kairos." + property, value);
    }
}
