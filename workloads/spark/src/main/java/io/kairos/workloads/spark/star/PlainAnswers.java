/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.spark.star;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The queries answered in plain Java, in one pass over the orders. */
public final class PlainAnswers {

    private PlainAnswers() {}

    /** The rows of each query's result as text, values with bars between them, in the order of the text. */
    public static Map<StarQuery, List<String>> of(StarData data, Set<StarQuery> queries) {
        Map<StarQuery, Map<String, Long>> sums = new EnumMap<>(StarQuery.class);
        for (StarQuery query : queries) {
            Map<String, Long> groups = new TreeMap<>();
            if (query.grouping() == Grouping.ALL) {
                groups.put("", 0L);
            }
            sums.put(query, groups);
        }
        new Orders(data)
                .forEach(order -> sums.forEach((query, groups) -> {
                    if (query.matches(order)) {
                        groups.merge(query.grouping().key(order), query.amount(order), Math::addExact);
                    }
                }));
        Map<StarQuery, List<String>> answers = new EnumMap<>(StarQuery.class);
        sums.forEach((query, groups) -> answers.put(query, rows(groups)));
        return answers;
    }

    private static List<String> rows(Map<String, Long> groups) {
        return groups.entrySet().stream()
                .map(group -> group.getKey().isEmpty()
                        ? String.valueOf(group.getValue())
                        : group.getKey() + "|" + group.getValue())
                .sorted()
                .toList();
    }
}
