/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.doctor;

import io.kairos.eval.doctor.site.Cluster;
import io.kairos.eval.doctor.site.Known;
import io.kairos.eval.watch.ClusterPages.Central;
import io.kairos.eval.watch.ClusterPages.Daemon;
import io.kairos.yarn.Version;
import io.kairos.yarn.rm.NodeRow;
import io.kairos.yarn.why.NodeAnswer;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** A cluster of one node in good order, until a test changes it. Not thread-safe. */
final class TestCluster {
    static final String NODE = "node-1.example.org:8041";
    private static final URI WEB = URI.create("http://rm.example.org:8088");

    boolean answers = true;
    boolean named;
    boolean kairos = true;
    String hadoop = "3.5.0";
    String nodeHadoop = "3.5.0";
    String java = "17";
    String version = Version.text();
    String nodeVersion = Version.text();
    String nodeMode = "enforce";
    String trouble = "";
    String settingsRefused = "";
    String pausingOff = "";
    long pauseFailures;
    double reportAge = 0.5;
    long nodeAheadMs = 300;
    long errors;
    boolean reportPort = true;

    Known<Cluster> build() {
        if (!answers) {
            return Known.not(WEB + ": nobody listens there");
        }
        NodeRow row = new NodeRow(
                NODE,
                "node-1.example.org:8042",
                "",
                4,
                8,
                0,
                0,
                0,
                0,
                0,
                0,
                reportAge < 0 ? "" : nodeMode,
                0,
                0,
                0,
                "",
                reportAge,
                false);
        NodeAnswer node = trouble.isEmpty()
                ? new NodeAnswer(
                        row,
                        "",
                        "Kairos",
                        nodeVersion,
                        nodeAheadMs,
                        settingsRefused,
                        pausingOff,
                        0.4,
                        0,
                        pauseFailures,
                        List.of(),
                        List.of())
                : NodeAnswer.none(row, trouble);
        Central central = new Central(WEB, "Kairos", version, -200L, "enforce", "kairos", 10, 0, errors, List.of(row));
        return Known.of(new Cluster(
                new Daemon(WEB, hadoop, java, Map.of(NODE, nodeHadoop)),
                kairos ? Known.of(central) : Known.not("a ResourceManager without Kairos"),
                kairos ? List.of(node) : List.of(),
                "rm.example.org:8037",
                kairos ? Known.of(reportPort) : Known.not("the ResourceManager has no Kairos")));
    }
}
