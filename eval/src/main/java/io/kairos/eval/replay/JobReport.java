/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import io.kairos.workloads.mix.Framework;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a job's client printed of it: of a Spark job of this project its lines {@code result} and {@code counters}, of a MapReduce job
 * its estimate, if it makes one, and its counters. Other Spark jobs tell nothing. What is not told is null.
 *
 * @param result what the job computed
 * @param lostContainers executors lost, or attempts of MapReduce killed; these count as killed too if they lost against a copy
 */
record JobReport(
        @Nullable String result,
        @Nullable Integer tasks,
        @Nullable Integer failedTasks,
        @Nullable Integer lostContainers,
        @Nullable Integer stagesAgain,
        @Nullable Integer fetchFailures,
        @Nullable Integer speculativeTasks) {
    private static final Pattern FIGURE = Pattern.compile("(\\w+)=(\\d{1,9})(?=\\s|$)");
    private static final Pattern COUNTER =
            Pattern.compile("\\s+((?:Launched|Failed|Killed) (?:map|reduce) tasks)=(\\d{1,9})");
    private static final String ESTIMATE = "Estimated value of Pi is ";

    static JobReport of(Framework framework, List<String> lines) {
        return framework == Framework.SPARK ? spark(lines) : mapReduce(lines);
    }

    private static JobReport spark(List<String> lines) {
        String result = null;
        Map<String, Integer> figures = new HashMap<>();
        for (String line : lines) {
            if (line.startsWith("result ")) {
                result = line.substring("result ".length()).strip();
            } else if (line.startsWith("counters ")) {
                Matcher figure = FIGURE.matcher(line);
                while (figure.find()) {
                    figures.put(figure.group(1), Integer.valueOf(figure.group(2)));
                }
            }
        }
        return new JobReport(
                result,
                figures.get("tasks"),
                figures.get("failedTasks"),
                figures.get("executorsLost"),
                figures.get("resubmittedStages"),
                figures.get("fetchFailures"),
                figures.get("speculativeTasks"));
    }

    private static JobReport mapReduce(List<String> lines) {
        String result = null;
        Map<String, Integer> counters = new HashMap<>();
        for (String line : lines) {
            if (line.startsWith(ESTIMATE)) {
                result = line.substring(ESTIMATE.length()).strip();
            }
            Matcher counter = COUNTER.matcher(line);
            if (counter.matches()) {
                counters.put(counter.group(1), Integer.valueOf(counter.group(2)));
            }
        }
        if (counters.isEmpty()) {
            return new JobReport(result, null, null, null, null, null, null);
        }
        int failed = both(counters, "Failed");
        int killed = both(counters, "Killed");
        return new JobReport(result, both(counters, "Launched") - failed - killed, failed, killed, null, null, null);
    }

    /** A counter that is 0 is not printed. */
    private static int both(Map<String, Integer> counters, String what) {
        return counters.getOrDefault(what + " map tasks", 0) + counters.getOrDefault(what + " reduce tasks", 0);
    }
}
