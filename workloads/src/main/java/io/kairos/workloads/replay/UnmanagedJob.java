/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import io.kairos.workloads.model.Job;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.token.Token;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.apache.hadoop.yarn.security.AMRMTokenIdentifier;
import org.apache.hadoop.yarn.util.ConverterUtils;
import org.jspecify.annotations.Nullable;

/**
 * A job whose application master lives in this process, which YARN calls unmanaged: submit, wait for the token that
 * lets it register, then heartbeat until the end.
 */
final class UnmanagedJob implements ReplayedJob {

    private static final long TOKEN_POLL_MILLISECONDS = 20;

    private final Job job;
    private final ReplayContext context;
    private volatile @Nullable ApplicationId application;
    private @Nullable JobMaster master;
    private boolean overTold;

    UnmanagedJob(Job job, ReplayContext context) {
        this.job = job;
        this.context = context;
    }

    @Override
    public long step() throws IOException, YarnException {
        ApplicationId submitted = application;
        if (submitted == null) {
            return submit();
        }
        JobMaster current = master;
        if (current == null) {
            return registerOnceLaunched(submitted);
        }
        long delay = current.step();
        if (delay == OVER) {
            overTold = true;
            current.close();
        }
        return delay;
    }

    @Override
    public void abandon(String reason) {
        if (overTold) {
            return;
        }
        overTold = true;
        if (master != null) {
            master.fail(reason);
            master.close();
        } else {
            context.listener().jobFinished(job.id(), true, reason, context.now());
        }
    }

    @Override
    public Optional<ApplicationId> application() {
        return Optional.ofNullable(application);
    }

    private long submit() throws IOException, YarnException {
        double begin = context.now();
        Submission submission = Submission.prepare(context.client());
        // Known before it exists, so that a close in between kills it.
        application = submission.application();
        context.listener().jobSubmitted(job.id(), submission.application().toString(), begin);
        submission.submitUnmanaged(job.name(), context.settings());
        return 0;
    }

    private long registerOnceLaunched(ApplicationId submitted) throws IOException, YarnException {
        ApplicationReport report = context.client().getApplicationReport(submitted);
        if (!Submission.isAlive(report)) {
            throw new YarnException(submitted + " ended before it began: " + report.getDiagnostics());
        }
        if (report.getAMRMToken() == null) {
            return TOKEN_POLL_MILLISECONDS;
        }
        UserGroupInformation user = UserGroupInformation.createRemoteUser(
                UserGroupInformation.getCurrentUser().getUserName());
        Token<AMRMTokenIdentifier> token = ConverterUtils.convertFromYarn(report.getAMRMToken(), (Text) null);
        user.addToken(token);
        master = new JobMaster(
                job,
                context.settings(),
                MasterSession.register(context.conf(), user),
                new ContainerStarter(context.conf(), context.containerStarts(), context::now),
                context.task(),
                context.listener(),
                context::now);
        return 0;
    }
}
