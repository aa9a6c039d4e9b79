/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.watch;

import io.kairos.eval.report.Lines;
import io.kairos.yarn.rm.NodeRow;
import io.kairos.yarn.why.NodeAnswer;
import io.kairos.yarn.why.Warnings;
import java.util.ArrayList;
import java.util.List;

/**
 * The state of a cluster, as {@code kairos status} shows it.
 *
 * @param resourceManager the active one's web address
 * @param mode what is in force; empty where the cluster knows no modes
 * @param placements containers placed since that ResourceManager became active
 * @param boundRejections proposals refused at a bound
 * @param placementErrors errors caught while placing
 * @param guaranteeGrants times the nodes granted a task uninterrupted service
 * @param pauseFailures pauses that the nodes could not carry out
 * @param nodes every node
 * @param warnings what an admin should look at, a sentence each
 */
public record ClusterStatus(
        String resourceManager,
        String mode,
        String policy,
        long placements,
        long boundRejections,
        long placementErrors,
        long guaranteeGrants,
        long pauseFailures,
        List<NodeRow> nodes,
        List<String> warnings) {
    private static final String OBSERVING = "observe";
    private static final String ROW = "%-28s%6s%6s%6s%5s%7s%5s%9s%8s";

    /** Puts together what the daemons said. */
    public static ClusterStatus of(ClusterPages.Central central, List<NodeAnswer> answers) {
        List<String> warnings = new ArrayList<>(Warnings.ofPlacing(central.errors()));
        answers.forEach(answer -> warnings.addAll(Warnings.of(
                answer.node(), central.mode(), answer.trouble(), answer.settingsRefused(), answer.pausingOff())));
        return new ClusterStatus(
                central.address().toString(),
                central.mode(),
                central.policy(),
                central.placements(),
                central.boundRejections(),
                central.errors(),
                answers.stream().mapToLong(NodeAnswer::guaranteeGrants).sum(),
                answers.stream().mapToLong(NodeAnswer::pauseFailures).sum(),
                central.nodes(),
                warnings);
    }

    /** A table of at most 80 columns, one string a line. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Kairos at " + resourceManager + (mode.isEmpty() ? "" : ", mode " + mode)
                + (policy.isEmpty() ? "" : ", policy " + policy));
        lines.add(placements + " containers placed, " + boundRejections + " refused at a bound; " + guaranteeGrants
                + " guarantees, " + pauseFailures + " failed pauses");
        if (mode.equals(OBSERVING)) {
            lines.add("only observed: "
                    + nodes.stream().mapToLong(NodeRow::pausesNotMade).sum()
                    + " pauses would have been made since the nodes started");
        }
        lines.add("");
        lines.add(Lines.format(ROW, "node", "slots", "bound", "tasks", "run", "paused", "held", "report s", "var s^2"));
        nodes.forEach(node -> lines.add(row(node)));
        if (nodes.size() > 1) {
            lines.add(total());
        }
        if (!warnings.isEmpty()) {
            lines.add("");
            warnings.forEach(warning -> lines.addAll(Lines.wrap("warning: " + warning, "    ")));
        }
        return lines;
    }

    private static String row(NodeRow node) {
        boolean known = node.hasReported();
        return Lines.format(
                ROW,
                Lines.clip(node.nodeId(), 28),
                node.slots(),
                node.bound(),
                node.tasks(),
                known ? node.running() : "-",
                known ? node.paused() : "-",
                known ? node.held() : "-",
                known ? Lines.seconds(node.reportAgeSeconds()) : "never",
                known ? Lines.clip(Lines.seconds(node.attainedVariance()), 7) : "-");
    }

    private String total() {
        return Lines.format(
                ROW,
                nodes.size() + " nodes",
                nodes.stream().mapToInt(NodeRow::slots).sum(),
                nodes.stream().mapToInt(NodeRow::bound).sum(),
                nodes.stream().mapToInt(NodeRow::tasks).sum(),
                nodes.stream().mapToInt(NodeRow::running).sum(),
                nodes.stream().mapToInt(NodeRow::paused).sum(),
                nodes.stream().mapToInt(NodeRow::held).sum(),
                "",
                "");
    }
}
