/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.experiment;

import io.kairos.eval.metrics.JobRecord;
import io.kairos.eval.metrics.RunSummary;
import java.util.List;

/**
 * What is kept of a run.
 *
 * @param jobs empty where no distribution is drawn
 */
record RunOutcome(RunSummary summary, List<JobRecord> jobs) {}
