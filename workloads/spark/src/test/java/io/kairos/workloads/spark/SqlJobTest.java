/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kairos.workloads.spark.star.PlainAnswers;
import io.kairos.workloads.spark.star.StarData;
import io.kairos.workloads.spark.star.StarQuery;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqlJobTest {

    @Test
    void shuffledJoinsHaveTheAnswersOfBroadcastJoins() {
        for (String query : List.of("Q1.3", "Q4.2")) {
            long broadcast = job(query, "--scale", "0.003").run(LocalSpark.session(), 0);
            long shuffled = job(query, "--scale", "0.003", "--broadcast-joins", "false", "--partitions", "2")
                    .run(LocalSpark.session(), 0);
            assertThat(shuffled).isEqualTo(broadcast);
        }
    }

    @Test
    void everyQueryHasTheAnswerOfPlainJava() {
        assertThat(job("all", "--scale", "0.01", "--partitions", "2").run(LocalSpark.session(), 0))
                .isNotZero();
    }

    @ParameterizedTest
    @EnumSource(StarQuery.class)
    void everyQueryFindsSomethingInAFewOrders(StarQuery query) {
        List<String> rows = answer(query, 0.01);
        assertThat(rows).isNotEmpty().doesNotContain("0");
    }

    @Test
    void aWrongAMissingAndASuperfluousRowAreNoticed() {
        SqlJob job = job("Q4.1", "--scale", "0.001");
        StarQuery query = StarQuery.Q4_1;
        List<String> right = answer(query, 0.001);
        job.check(query, right);
        assertThatThrownBy(() -> job.check(query, right.subList(0, right.size() - 1)))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessage("expected Q4.1 " + right.get(right.size() - 1) + ", got no row " + right.size());
        List<String> more = new ArrayList<>(right);
        more.add("9999|nation-1|5");
        assertThatThrownBy(() -> job.check(query, more))
                .hasMessage("expected Q4.1 no row " + more.size() + ", got 9999|nation-1|5");
        more.set(0, "1992|nation-0|1");
        assertThatThrownBy(() -> job.check(query, more))
                .hasMessage("expected Q4.1 " + right.get(0) + ", got 1992|nation-0|1");
    }

    private static List<String> answer(StarQuery query, double scale) {
        return PlainAnswers.of(new StarData(1, scale), EnumSet.of(query)).values().stream()
                .flatMap(List::stream)
                .toList();
    }

    private static SqlJob job(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "sql";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return new SqlJob(JobKind.SQL.parse(all));
    }
}
