/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm.docker;

import org.apache.hadoop.yarn.server.nodemanager.ContainerExecutor;
import org.apache.hadoop.yarn.server.nodemanager.DeletionService;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.deletion.task.DeletionTask;
import org.apache.hadoop.yarn.server.nodemanager.containermanager.deletion.task.DeletionTaskType;

/**
 * Stock YARN has each ended Docker container removed by its LinuxContainerExecutor and takes every executor for that one, which
 * would be an exception in the log for each. This executor removes its containers itself; all other deletions go the stock way.
 * Thread-safe.
 */
final class OtherDeletions extends DeletionService {
    private final DeletionService stock;

    OtherDeletions(ContainerExecutor executor, DeletionService stock) {
        super(executor);
        this.stock = stock;
    }

    @Override
    public void delete(DeletionTask task) {
        if (task.getDeletionTaskType() != DeletionTaskType.DOCKER_CONTAINER) {
            stock.delete(task);
        }
    }
}
