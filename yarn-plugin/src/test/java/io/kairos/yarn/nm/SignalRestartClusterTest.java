/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tasks paused by signals. */
class SignalRestartClusterTest extends NodeRestartContract {
    SignalRestartClusterTest() {
        super("signal");
    }

    @Override
    List<String> frozen() throws IOException {
        return scripts().stoppedProcesses();
    }

    @Test
    void aTaskThatEndedMeanwhileIsTakenUpAndAHeldOneGivenBack() throws Exception {
        whatHappenedMeanwhileIsTakenUp();
    }

    @Test
    void tasksOutliveTheNodeManagerThatStartedThem() throws Exception {
        tasksOutliveTheirOwnNodeManagersStop();
    }
}
