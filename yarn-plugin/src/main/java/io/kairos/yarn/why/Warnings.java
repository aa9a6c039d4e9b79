/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.why;

import io.kairos.yarn.rm.NodeRow;
import java.util.ArrayList;
import java.util.List;

/** What an admin should look at, a sentence each. */
public final class Warnings {
    private Warnings() {}

    /** @param errors caught while placing */
    public static List<String> ofPlacing(long errors) {
        return errors == 0
                ? List.of()
                : List.of(errors + " errors while placing: the ResourceManager's log has one of each kind");
    }

    /**
     * Of one node.
     *
     * @param mode of the ResourceManager
     * @param trouble why the node told nothing of its tasks; empty if it did, or was not asked
     * @param settingsRefused why its yarn-site.xml as it is now was refused; empty while it is in force
     * @param pausingOff why it pauses nothing for now; empty while it does
     */
    public static List<String> of(
            NodeRow node, String mode, String trouble, String settingsRefused, String pausingOff) {
        List<String> warnings = new ArrayList<>();
        if (!node.hasReported()) {
            warnings.add(node.nodeId() + " has sent no load report: it takes as many tasks as it has vcores, and none"
                    + " beyond");
        } else if (node.reportLate()) {
            warnings.add(node.nodeId() + " sent its last load report " + Words.seconds(node.reportAgeSeconds())
                    + " s ago: what it said is as good as unknown by now");
        }
        if (!trouble.isEmpty()) {
            warnings.add(node.nodeId() + " tells nothing of its tasks: " + trouble);
        }
        if (!settingsRefused.isEmpty()) {
            warnings.add(node.nodeId() + " refuses its yarn-site.xml as it is now and goes on with its old settings: "
                    + settingsRefused);
        }
        if (!pausingOff.isEmpty()) {
            warnings.add(node.nodeId() + " pauses nothing, for pauses failed again and again: " + pausingOff);
        }
        if (node.hasReported() && !node.mode().equals(mode)) {
            warnings.add(node.nodeId() + " is in mode " + node.mode() + ", the ResourceManager in mode " + mode);
        }
        return warnings;
    }
}
