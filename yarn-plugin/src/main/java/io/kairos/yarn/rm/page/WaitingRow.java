/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm.page;

import io.kairos.yarn.rm.WorkLeftRow;
import org.jspecify.annotations.Nullable;

/**
 * An application that waits for containers, as the page shows it.
 *
 * @param application its id
 * @param user empty where the viewer may not see it; so with name and queue
 * @param waitsForMaster whether it has not begun: its master is not placed
 * @param asks containers that it asks for and has not got
 * @param placed tasks that it has and that have not ended
 * @param attainedSeconds service of its tasks, those that have ended too, as the nodes last said
 * @param workLeft what it is ordered by, and what that came from; null where the policy does not go by it
 */
public record WaitingRow(
        String application,
        String user,
        String name,
        String queue,
        boolean waitsForMaster,
        long asks,
        int placed,
        double attainedSeconds,
        @Nullable WorkLeftRow workLeft) {
    /** The same for somebody who may not see whose it is. */
    WaitingRow hidden() {
        return new WaitingRow(application, "", "", "", waitsForMaster, asks, placed, attainedSeconds, workLeft);
    }
}
