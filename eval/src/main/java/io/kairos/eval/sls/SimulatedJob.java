/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.sls;

import java.util.Map;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.server.resourcemanager.ResourceManager;
import org.apache.hadoop.yarn.sls.AMDefinition;
import org.apache.hadoop.yarn.sls.SLSRunner;
import org.apache.hadoop.yarn.sls.appmaster.MRAMSimulator;

/**
 * A MapReduce job that is submitted when its trace says. The simulator subtracts the time of submission from itself, so that all
 * synthetic jobs would come at once; it keeps the time of their end, which is the same for a job of no duration, as all of
 * the workload are.
 */
public final class SimulatedJob extends MRAMSimulator {
    /** As many beats as the simulator gives a job at most. */
    private static final long MOST_BEATS = 1_000_000;

    @Override
    public void init(
            AMDefinition definition,
            ResourceManager manager,
            SLSRunner runner,
            boolean tracked,
            long baseline,
            long heartbeatMillis,
            Map<ApplicationId, org.apache.hadoop.yarn.sls.appmaster.AMSimulator> simulators) {
        super.init(definition, manager, runner, tracked, baseline, heartbeatMillis, simulators);
        long submitted = definition.getJobFinishTime();
        init(submitted, submitted + MOST_BEATS * heartbeatMillis, heartbeatMillis);
    }

    /** Called once the tasks are done, and also if the master's container went before them. */
    @Override
    public void lastStep() throws Exception {
        if (finishedContainers >= totalContainers) {
            ((Simulation) se).tasksDone(getApplicationId());
        }
        super.lastStep();
    }
}
