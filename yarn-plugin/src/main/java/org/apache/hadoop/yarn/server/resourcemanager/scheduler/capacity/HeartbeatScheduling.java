/* SPDX-License-Identifier: Apache-2.0 */
package org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity;

import java.util.ArrayList;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.NullMarked;

/**
 * Tells the stock scheduler whether its heartbeats place. Told that somebody else does, they leave the scheduler's write lock alone, as
 * they do in the stock asynchronous mode; the threads of that mode are not made. Thread-safe.
 */
@NullMarked
final class HeartbeatScheduling extends CapacityScheduler.AsyncSchedulingConfiguration {
    private final BooleanSupplier placedElsewhere;

    /**
     * @param configuration with asynchronous scheduling off
     * @param placedElsewhere asked at each heartbeat
     */
    HeartbeatScheduling(
            CapacitySchedulerConfiguration configuration,
            CapacityScheduler scheduler,
            BooleanSupplier placedElsewhere) {
        super(configuration, scheduler);
        this.placedElsewhere = placedElsewhere;
        this.asyncSchedulerThreads = new ArrayList<>(); // the first node that joins has them begin
    }

    @Override
    public boolean isScheduleAsynchronously() {
        return placedElsewhere.getAsBoolean();
    }
}
