/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.protocolrecords.ApplicationsRequestScope;
import org.apache.hadoop.yarn.api.protocolrecords.GetApplicationsRequest;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ResourceManager's own list. */
public final class YarnApplications implements Applications {
    private static final Logger LOG = LoggerFactory.getLogger(YarnApplications.class);
    private static final Set<YarnApplicationState> UNFINISHED = EnumSet.of(
            YarnApplicationState.NEW,
            YarnApplicationState.NEW_SAVING,
            YarnApplicationState.SUBMITTED,
            YarnApplicationState.ACCEPTED,
            YarnApplicationState.RUNNING);

    private final YarnClient client;

    /** @param cluster tells where the ResourceManager is */
    public YarnApplications(Configuration cluster) {
        client = YarnClient.createYarnClient();
        client.init(RunningCluster.hasty(cluster));
        client.start();
    }

    @Override
    public List<Application> tagged(String tag) throws IOException {
        return reports(tag).stream().map(YarnApplications::application).toList();
    }

    private static Application application(ApplicationReport report) {
        boolean ended = report.getFinishTime() > 0;
        double master = ended ? (report.getFinishTime() - report.getLaunchTime()) / 1000.0 : 0;
        return new Application(
                report.getApplicationId().toString(),
                ended,
                Math.max(0, report.getApplicationResourceUsageReport().getVcoreSeconds() - master));
    }

    private List<ApplicationReport> reports(String tag) throws IOException {
        GetApplicationsRequest request = GetApplicationsRequest.newInstance(ApplicationsRequestScope.ALL);
        request.setApplicationTags(Set.of(tag));
        try {
            return client.getApplications(request);
        } catch (IOException | YarnException e) {
            throw new IOException(
                    "the ResourceManager does not list the applications: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    @Override
    public void kill(String tag) {
        try {
            for (ApplicationReport application : reports(tag)) {
                if (UNFINISHED.contains(application.getYarnApplicationState())) {
                    kill(application.getApplicationId());
                }
            }
        } catch (IOException e) {
            LOG.error("Applications with the tag {} may be left", tag, e);
        }
    }

    private void kill(ApplicationId application) {
        try {
            client.killApplication(application);
        } catch (IOException | YarnException e) {
            LOG.error("{} may be left", application, e);
        }
    }

    @Override
    public void close() {
        client.stop();
    }
}
