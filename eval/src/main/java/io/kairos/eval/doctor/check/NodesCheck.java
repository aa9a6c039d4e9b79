/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor.check;

import io.kairos.eval.doctor.Change.Command;
import io.kairos.eval.doctor.Change.Step;
import io.kairos.eval.doctor.Check;
import io.kairos.eval.doctor.Notes;
import io.kairos.eval.doctor.Patient;
import io.kairos.eval.doctor.Rule;
import io.kairos.eval.doctor.site.Cluster;
import io.kairos.eval.doctor.site.NodePlan;
import io.kairos.eval.report.Lines;
import io.kairos.eval.watch.ClusterPages.Central;
import io.kairos.yarn.conf.ResourceManagerKeys;
import io.kairos.yarn.rm.NodeRow;
import io.kairos.yarn.why.NodeAnswer;
import java.time.Duration;
import java.util.List;

/** The daemons that run. */
final class NodesCheck implements Check {
    static final Rule NO_ANSWER = Rule.error(
            "rm-without-answer",
            "--rm names a ResourceManager, and none that is active answers there.",
            "Nothing of the running cluster could be checked.",
            "The command that starts it, or the right address.");
    static final Rule STOCK = Rule.error(
            "rm-without-kairos",
            "The ResourceManager that runs has no Kairos, though its file says so.",
            "It was started before the file was changed, or with another one: nothing of Kairos is in force.",
            "The command that restarts it.");
    static final Rule STOCK_NODE = Rule.warning(
            "node-without-kairos",
            "A NodeManager runs without Kairos.",
            "It counts as a stock node: nothing on it is paused, and no task is placed there beyond its vcores.",
            "The three properties and the jar there, and a restart.");
    static final Rule SILENT = Rule.error(
            "node-not-reporting",
            "A NodeManager with Kairos has sent no load report, or none for longer than reports are good.",
            "It counts as a stock node, or as one of which nothing is known.",
            "A network that lets it through to the report address; its log says what it met.");
    static final Rule UNREACHABLE = Rule.warning(
            "node-without-answer",
            "A node's web page does not answer.",
            "status, top and why know nothing of its tasks.",
            "A NodeManager that runs, and a network that lets this machine through.");
    static final Rule MODE = Rule.warning(
            "node-in-another-mode",
            "A node is in another mode than the ResourceManager.",
            "Tasks are placed for one mode and run in another: held where none should be, or never paused.",
            "Its own yarn.nodemanager.kairos.mode out of its yarn-site.xml.");
    static final Rule REFUSED = Rule.error(
            "node-settings-refused",
            "A node has refused its yarn-site.xml as it is now.",
            "It goes on with its old settings, and would not start again with this file.",
            "The value put right; it is taken within seconds.");
    static final Rule OFF = Rule.error(
            "node-pausing-off",
            "A node pauses nothing any more, for pauses failed again and again.",
            "It behaves like a stock node until they work again; it tries by itself.",
            "What its words say.");
    static final Rule FAILED = Rule.advice(
            "node-pauses-failed",
            "Pauses have failed on a node since it started.",
            "Each task ran on, so nothing is lost; many of them say that something is wrong with the pauser.",
            "Its log has each with its reason.");
    static final Rule CLOCK = Rule.warning(
            "node-clock-differs",
            "A node's clock and the ResourceManager's are more than 10 s apart.",
            "why and the decision logs tell things in the wrong order; the first reports of a node that is a minute ahead are"
                    + " not believed.",
            "The command that sets the clock.");
    static final Rule ERRORS = Rule.warning(
            "placement-errors",
            "The ResourceManager has caught errors while placing.",
            "Tasks are placed all the same, later; it is a fault of Kairos or of Hadoop.",
            "Its log has one of each kind: report it.");

    private static final long MOST_APART_MS = 10_000;
    private static final String NONE_THERE = "its NodeManager runs without Kairos";

    @Override
    public String subject() {
        return "running nodes";
    }

    @Override
    public List<Rule> rules() {
        return List.of(NO_ANSWER, STOCK, STOCK_NODE, SILENT, UNREACHABLE, MODE, REFUSED, OFF, FAILED, CLOCK, ERRORS);
    }

    @Override
    public void examine(Patient patient, Notes notes) {
        if (patient.cluster().value().isEmpty()) {
            if (patient.clusterNamed()) {
                notes.found(NO_ANSWER, patient.cluster().whyNot(), new Command("yarn --daemon start resourcemanager"));
            } else {
                notes.unchecked("running cluster", patient.cluster().whyNot());
            }
            return;
        }
        Cluster cluster = patient.cluster().value().get();
        NodePlan plan = patient.plan();
        if (cluster.kairos().value().isEmpty()) {
            if (plan.isCentral()) {
                notes.found(
                        STOCK,
                        cluster.resourceManager().address() + " runs without Kairos",
                        new Command("yarn --daemon stop resourcemanager; yarn --daemon start resourcemanager"));
            }
            notes.unchecked("running nodes", "the ResourceManager runs without Kairos");
            return;
        }
        Central central = cluster.kairos().value().get();
        Duration expiry = plan.read(ResourceManagerKeys.REPORT_EXPIRY);
        for (NodeAnswer answer : cluster.nodes()) {
            examineReports(answer, expiry, cluster.reportAddress(), notes);
            examineState(answer, central, notes);
            examineClock(answer, central, notes);
        }
        if (central.errors() > 0) {
            notes.found(
                    ERRORS,
                    central.errors() + " errors while placing at " + central.address(),
                    new Step("look into the ResourceManager's log, which has one of each kind"));
        }
    }

    private static void examineReports(NodeAnswer answer, Duration expiry, String address, Notes notes) {
        NodeRow node = answer.node();
        String id = node.nodeId();
        if (answer.trouble().equals(NONE_THERE)) {
            notes.found(
                    STOCK_NODE,
                    id + " runs without Kairos",
                    new Step(
                            "put executor and launcher into its yarn-site.xml and the plugin jar on its class path, then run"
                                    + " there: yarn --daemon stop nodemanager; yarn --daemon start nodemanager"));
            return;
        }
        Step through = new Step("let " + id + " through to " + address + "; its log says what it met");
        if (!node.hasReported()) {
            notes.found(SILENT, id + " has sent no load report", through);
        } else if (node.reportAgeSeconds() > expiry.toMillis() / 1e3) {
            notes.found(
                    SILENT,
                    id + " sent its last load report " + Lines.seconds(node.reportAgeSeconds()) + " s ago",
                    through);
        }
        if (!answer.trouble().isEmpty()) {
            notes.found(
                    UNREACHABLE,
                    id + " tells nothing of itself: " + answer.trouble(),
                    new Step(
                            "run there, if it does not run: yarn --daemon start nodemanager; else let this machine through"
                                    + " to " + node.httpAddress()));
        }
    }

    private static void examineState(NodeAnswer answer, Central central, Notes notes) {
        NodeRow node = answer.node();
        String id = node.nodeId();
        if (node.hasReported() && !node.mode().equals(central.mode())) {
            notes.found(
                    MODE,
                    id + " is in mode " + node.mode() + ", the ResourceManager in mode " + central.mode(),
                    new Step("take yarn.nodemanager.kairos.mode out of its yarn-site.xml"));
        }
        if (!answer.settingsRefused().isEmpty()) {
            notes.found(
                    REFUSED,
                    id + ": " + answer.settingsRefused(),
                    new Step("put that value right in its yarn-site.xml"));
        }
        if (!answer.pausingOff().isEmpty()) {
            notes.found(
                    OFF,
                    id + ": " + answer.pausingOff(),
                    new Step("run ./kairos doctor on " + id + " as the NodeManager's user"));
        } else if (answer.pauseFailures() > 0) {
            notes.found(
                    FAILED,
                    id + ": " + answer.pauseFailures() + " since it started",
                    new Step("look into its log for 'could not be'"));
        }
    }

    private static void examineClock(NodeAnswer answer, Central central, Notes notes) {
        Long node = answer.aheadMs();
        Long resourceManager = central.aheadMs();
        if (node == null || resourceManager == null) {
            return;
        }
        long apart = node - resourceManager;
        if (Math.abs(apart) > MOST_APART_MS) {
            notes.found(
                    CLOCK,
                    answer.node().nodeId() + " is " + Lines.seconds(Math.abs(apart) / 1e3) + " s "
                            + (apart > 0 ? "ahead of" : "behind") + " the ResourceManager",
                    new Step("run there: chronyc makestep"));
        }
    }
}
