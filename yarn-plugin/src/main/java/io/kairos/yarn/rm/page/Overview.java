/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm.page;

import io.kairos.yarn.rm.NodeRow;
import io.kairos.yarn.why.Warnings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * The cluster at one moment, as the page shows it.
 *
 * @param timeMs when, milliseconds since 1970
 * @param placements containers placed since this ResourceManager became active; so with the refusals and errors
 * @param boundRejections proposals refused at a bound
 * @param guarantees times the nodes granted a task uninterrupted service since they started; so with what follows
 * @param pauseFailures pauses that the nodes could not carry out
 * @param pausesNotMade pauses they would have made, had they not only observed
 * @param running tasks with slots, as the nodes last said; so with paused and held
 * @param tasks as the ResourceManager counts them
 * @param asks containers asked for and not placed
 * @param waitingApplications how many ask for them; of those the first ones are listed
 * @param warnings what an admin should look at, of those the first ones
 * @param moreWarnings that are not listed
 */
record Overview(
        long timeMs,
        String mode,
        String policy,
        long placements,
        long boundRejections,
        long placementErrors,
        long guarantees,
        long pauseFailures,
        long pausesNotMade,
        int running,
        int paused,
        int held,
        int tasks,
        int slots,
        int bound,
        long asks,
        int waitingApplications,
        List<WaitingRow> waiting,
        List<String> warnings,
        int moreWarnings,
        List<NodeRow> nodes,
        Timeline.Columns timeline) {
    private static final int MOST_WAITING = 100;
    private static final int MOST_WARNINGS = 20;

    /** @param isVisible whether the viewer may see whose an application is */
    static Overview of(CentralView central, Timeline.Columns timeline, long timeMs, Predicate<String> isVisible) {
        List<NodeRow> nodes = central.nodes();
        List<WaitingRow> waiting = central.waiting();
        List<String> warnings =
                new ArrayList<>(Warnings.ofPlacing(central.counters().errors()));
        String mode = central.mode();
        nodes.forEach(node -> warnings.addAll(Warnings.of(node, mode, "", node.pausingOff())));
        return new Overview(
                timeMs,
                mode,
                central.policy(),
                central.counters().placements(),
                central.counters().boundRejections(),
                central.counters().errors(),
                sum(nodes, node -> Math.max(0, node.guarantees())),
                sum(nodes, node -> Math.max(0, node.pauseFailures())),
                sum(nodes, NodeRow::pausesNotMade),
                count(nodes, NodeRow::running),
                count(nodes, NodeRow::paused),
                count(nodes, NodeRow::held),
                count(nodes, NodeRow::tasks),
                count(nodes, NodeRow::slots),
                count(nodes, NodeRow::bound),
                waiting.stream().mapToLong(WaitingRow::asks).sum(),
                waiting.size(),
                waiting.stream()
                        .limit(MOST_WAITING)
                        .map(row -> isVisible.test(row.application()) ? row : row.hidden())
                        .toList(),
                warnings.stream().limit(MOST_WARNINGS).toList(),
                Math.max(0, warnings.size() - MOST_WARNINGS),
                nodes,
                timeline);
    }

    private static long sum(List<NodeRow> nodes, ToLongFunction<NodeRow> value) {
        return nodes.stream().mapToLong(value).sum();
    }

    private static int count(List<NodeRow> nodes, ToIntFunction<NodeRow> value) {
        return nodes.stream().mapToInt(value).sum();
    }
}
