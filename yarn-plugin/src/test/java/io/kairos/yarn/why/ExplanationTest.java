/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.kairos.yarn.nm.TaskRow;
import io.kairos.yarn.rm.WorkLeftRow;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationTest {
    private static final String CONTAINER = "container_1_0001_01_000002";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | It has attained 7.0 s of service and was paused once, 3.0 s in all.",
                "0 | It has attained 7.0 s of service and was paused once, 3.0 s in all.",
                "2.5 | It has attained 7.0 s of service (2.8 s over its weight, 2.5) and was paused once, 3.0 s in all."
            })
    void whatIsComparedIsToldBesideWhatWasAttained(double weight, String told) {
        TaskRow task = new TaskRow(CONTAINER, "application_1_0001", "running", 1, true, 7, weight, 1, 3);
        Explanation.Container container =
                new Explanation.Container(CONTAINER, "node:1", "running", task, null, List.of(), "");

        assertThat(new Explanation(CONTAINER, null, null, List.of(container)).sentences())
                .contains(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | false | a task usually takes 3.0 s here.",
                "0 | true | how long a task usually takes here is not known yet. It has waited for so long that it comes first now."
            })
    void workLeftIsToldWithWhatItWasLearnedFrom(double usual, boolean comesFirst, String told) {
        TaskRow task = new TaskRow(CONTAINER, "application_1_0001", "running", 1, true, 7, 1, 1, 3);
        Explanation.Container container =
                new Explanation.Container(CONTAINER, "node:1", "running", task, null, List.of(), "");
        WorkLeftRow work = new WorkLeftRow("application_1_0001", 35, 40, 12, 3, usual, comesFirst);

        List<String> sentences = new Explanation(CONTAINER, null, work, List.of(container)).sentences();
        assertThat(sentences)
                .contains(
                        "Its work left is taken for 35.0 s: tasks not ended 12, ended 3, service attained by all of them"
                                + " 40.0 s; " + told);
    }
}
