/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.exceptions.YarnException;

/** One job of a replay, from its submission to its end; stepped by one thread at a time. */
interface ReplayedJob {

    /** What {@link #step} returns once nothing is left to do. */
    long OVER = JobMaster.OVER;

    /** Does what is due; gives the milliseconds until the next step is, or {@link #OVER}. */
    long step() throws IOException, YarnException;

    /** Gives up: tells the job's end as a failure, if it was not told yet, and lets go of its connections. */
    void abandon(String reason);

    /** The application, once there is one to kill. Safe to call from any thread. */
    Optional<ApplicationId> application();
}
