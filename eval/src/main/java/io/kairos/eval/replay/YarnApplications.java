/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.protocolrecords.ApplicationsRequestScope;
import org.apache.hadoop.yarn.api.protocolrecords.GetApplicationsRequest;
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
        client.init(cluster);
        client.start();
    }

    @Override
    public List<Application> tagged(String tag) throws IOException {
        return reports(tag).stream()
                .map(report -> new Application(report.getApplicationId().toString(), slotSeconds(report)))
                .toList();
    }

    private static double slotSeconds(ApplicationReport report) {
        double master = (report.getFinishTime() - report.getStartTime()) / 1000.0;
        return Math.max(0, report.getApplicationResourceUsageReport().getVcoreSeconds() - master);
    }

    private List<ApplicationReport> reports(String tag) throws IOException {
        GetApplicationsRequest request = GetApplicationsRequest.newInstance(ApplicationsRequestScope.ALL);
        request.setApplicationTags(Set.of(tag));
        try {
            return client.getApplications(request);
        } catch (YarnException e) {
            throw new IOException("the ResourceManager does not list the applications: " + e.getMessage(), e);
        }
    }

    @Override
    public void kill(String tag) {
        try {
            for (ApplicationReport application : reports(tag)) {
                if (UNFINISHED.contains(application.getYarnApplicationState())) {
                    client.killApplication(application.getApplicationId());
                }
            }
        } catch (IOException | YarnException e) {
            LOG.error("Applications with the tag {} may be left", tag, e);
        }
    }

    @Override
    public void close() {
        client.stop();
    }
}
