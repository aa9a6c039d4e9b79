/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.rm;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.Priority;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.api.records.ResourceRequest;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.capacity.CapacityScheduler;

/** An application of a test as its master sees it. */
final class Asks {
    private final InProcessCluster cluster;
    private final ApplicationAttemptId id;
    private final List<Container> held = new ArrayList<>();

    Asks(InProcessCluster cluster, String user, String queue) {
        this.cluster = cluster;
        this.id = cluster.addApplication(user, queue);
    }

    ApplicationAttemptId id() {
        return id;
    }

    void anywhere(int priority, int containers, int memoryMb) {
        call(List.of(request(priority, ResourceRequest.ANY, containers, memoryMb)), List.of());
    }

    /** On this host or nowhere. */
    void onlyOn(String host, int priority, int containers, int memoryMb) {
        List<ResourceRequest> requests = List.of(
                request(priority, host, containers, memoryMb),
                request(priority, "/default-rack", containers, memoryMb),
                request(priority, ResourceRequest.ANY, containers, memoryMb));
        requests.subList(1, 3).forEach(request -> request.setRelaxLocality(false));
        call(requests, List.of());
    }

    /** What it holds, with what was allocated since it last asked. */
    List<Container> held() {
        call(List.of(), List.of());
        return held;
    }

    void release(List<Container> containers) {
        List<Container> released = List.copyOf(containers);
        held.removeAll(released);
        call(List.of(), released);
    }

    /** What the scheduler has allocated to it, fetched or not. */
    int allocated() {
        return ((CapacityScheduler) cluster.scheduler())
                .getApplicationAttempt(id)
                .getLiveContainers()
                .size();
    }

    private void call(List<ResourceRequest> requests, List<Container> released) {
        held.addAll(cluster.allocate(
                id, requests, released.stream().map(Container::getId).toList()));
    }

    private static ResourceRequest request(int priority, String where, int containers, int memoryMb) {
        return ResourceRequest.newInstance(
                Priority.newInstance(priority), where, Resource.newInstance(memoryMb, 1), containers);
    }
}
