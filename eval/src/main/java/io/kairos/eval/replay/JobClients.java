/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import io.kairos.eval.daemons.JobClient;
import io.kairos.workloads.mix.JobTemplate;
import java.io.IOException;
import java.util.List;

/** How real jobs are submitted. */
public interface JobClients {
    /**
     * A client that submits the job and waits for its end.
     *
     * @param tags by which YARN finds the job's application again
     * @throws IOException one line: what it takes is not there
     */
    JobClient client(JobTemplate job, List<String> tags) throws IOException, InterruptedException;
}
