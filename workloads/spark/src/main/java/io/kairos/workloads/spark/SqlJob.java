/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark;

import io.kairos.workloads.spark.star.PlainAnswers;
import io.kairos.workloads.spark.star.StarData;
import io.kairos.workloads.spark.star.StarQuery;
import io.kairos.workloads.spark.star.StarTables;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Runs queries over a star schema. Every row of every result must be that of plain Java over the same orders. All rounds
 * run over the same data.
 */
final class SqlJob implements CheckedJob {

    static final List<Option> OPTIONS = List.of(
            Option.decimal("scale", 0.02, 0.0001, 100, "1 is 6 million orders"),
            Option.flag("broadcast-joins", true, "false shuffles both sides of every join"));

    private static final String ALL = "all";

    private final Set<StarQuery> queries;
    private final StarData data;
    private final boolean broadcastJoins;
    private final int partitions;
    private final boolean corrupt;
    private @Nullable Map<StarQuery, List<String>> answers;

    SqlJob(Arguments arguments) {
        this.queries = queries(String.join(" ", arguments.words()));
        this.data = new StarData(arguments.whole(CommonOptions.SEED), arguments.decimal("scale"));
        this.broadcastJoins = arguments.flag("broadcast-joins");
        this.partitions = arguments.count(CommonOptions.PARTITIONS);
        this.corrupt = arguments.flag(CommonOptions.CORRUPT);
    }

    private static Set<StarQuery> queries(String words) {
        if (words.equals(ALL)) {
            return EnumSet.allOf(StarQuery.class);
        }
        return StarQuery.labelled(words)
                .map(EnumSet::of)
                .orElseThrow(() -> new IllegalArgumentException("'" + words + "': expected " + ALL + " or one of "
                        + Stream.of(StarQuery.values()).map(StarQuery::label).collect(Collectors.joining(", "))));
    }

    @Override
    public long run(SparkSession session, int round) {
        SparkSession own = session.newSession();
        own.conf().set("spark.sql.shuffle.partitions", partitions);
        if (!broadcastJoins) {
            own.conf().set("spark.sql.autoBroadcastJoinThreshold", -1);
        }
        StarTables.create(own, data, partitions, corrupt);
        long checksum = 0;
        for (StarQuery query : queries) {
            List<String> rows = own.sql(query.sql()).collectAsList().stream()
                    .map(row -> row.mkString("|"))
                    .sorted()
                    .toList();
            checksum += check(query, rows);
        }
        return checksum;
    }

    /**
     * Returns a checksum of the rows, if they are right.
     *
     * @param rows sorted as text
     */
    long check(StarQuery query, List<String> rows) {
        List<String> right = answer(query);
        for (int at = 0; at < Math.max(right.size(), rows.size()); at++) {
            String wanted = row(right, at);
            String got = row(rows, at);
            WrongAnswerException.unless(wanted.equals(got), query.label() + " " + wanted, got);
        }
        long salt = Hash64.of(query.label(), 0);
        return rows.stream().mapToLong(row -> Hash64.of(row, salt)).sum();
    }

    private static String row(List<String> rows, int at) {
        return at < rows.size() ? rows.get(at) : "no row " + (at + 1);
    }

    /** All are worked out together when the first is asked for. */
    private List<String> answer(StarQuery query) {
        if (answers == null) {
            answers = PlainAnswers.of(data, queries);
        }
        return answers.getOrDefault(query, List.of());
    }
}
