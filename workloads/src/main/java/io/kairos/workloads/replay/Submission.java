/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.ApplicationSubmissionContext;
import org.apache.hadoop.yarn.api.records.ContainerLaunchContext;
import org.apache.hadoop.yarn.api.records.Priority;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.client.api.YarnClientApplication;
import org.apache.hadoop.yarn.exceptions.YarnException;

/** Hands one application to the ResourceManager. */
final class Submission {

    private static final String APPLICATION_TYPE = "KAIROS-REPLAY";
    private static final Set<YarnApplicationState> ENDED =
            Set.of(YarnApplicationState.FINISHED, YarnApplicationState.FAILED, YarnApplicationState.KILLED);

    private final YarnClient client;
    private final YarnClientApplication application;

    private Submission(YarnClient client, YarnClientApplication application) {
        this.client = client;
        this.application = application;
    }

    static Submission prepare(YarnClient client) throws IOException, YarnException {
        return new Submission(client, client.createApplication());
    }

    ApplicationId application() {
        return application.getNewApplicationResponse().getApplicationId();
    }

    /** Submits it with a master in this process. */
    void submitUnmanaged(String name, ReplaySettings settings) throws IOException, YarnException {
        ContainerLaunchContext nothing = ContainerLaunchContext.newInstance(null, null, null, null, null, null);
        submit(name, settings, nothing, true, settings.taskMemoryMb());
    }

    /** Submits it with a master in a container. */
    void submitManaged(String name, ReplaySettings settings, ContainerLaunchContext master)
            throws IOException, YarnException {
        submit(name, settings, master, false, settings.masterMemoryMb());
    }

    /** Whether the application has not ended yet, in whatever way. */
    static boolean isAlive(ApplicationReport report) {
        return !ENDED.contains(report.getYarnApplicationState());
    }

    private void submit(
            String name, ReplaySettings settings, ContainerLaunchContext master, boolean unmanaged, int memoryMb)
            throws IOException, YarnException {
        ApplicationSubmissionContext context = application.getApplicationSubmissionContext();
        context.setApplicationName(name);
        context.setApplicationType(APPLICATION_TYPE);
        context.setQueue(settings.queue());
        context.setPriority(Priority.newInstance(0));
        context.setUnmanagedAM(unmanaged);
        context.setMaxAppAttempts(1);
        context.setResource(Resource.newInstance(memoryMb, 1));
        context.setAMContainerSpec(master);
        client.submitApplication(context);
    }
}
