/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.report;

import io.kairos.eval.metrics.Distribution;
import io.kairos.eval.metrics.Results;
import io.kairos.eval.metrics.RunSummary;
import java.util.ArrayList;
import java.util.List;

/** Says in a sentence a scheduler what its gains cost the long jobs, whichever way it came out. */
final class LongJobs {
    /** A change below this share is called none: the same seed repeats to that much on a live cluster. */
    private static final double NOTICEABLE = 0.1;

    private LongJobs() {}

    static List<String> sentences(Results results) {
        List<String> sentences = new ArrayList<>();
        if (results.runs().isEmpty()) {
            return sentences;
        }
        RunSummary base = results.runs().get(0);
        Distribution baseTime = Figures.completionTime(base, "long");
        for (RunSummary run : results.runs().subList(1, results.runs().size())) {
            Distribution time = Figures.completionTime(run, "long");
            if (baseTime != null && time != null && baseTime.p99() > 0 && baseTime.mean() > 0) {
                sentences.add(Figures.format(
                        "%s: long jobs took x%s of their time under %s at p99 (%s) and x%s in the mean (%s).",
                        run.scheduler(),
                        Figures.number(time.p99() / baseTime.p99()),
                        base.scheduler(),
                        verdict(time.p99() / baseTime.p99()),
                        Figures.number(time.mean() / baseTime.mean()),
                        verdict(time.mean() / baseTime.mean())));
            }
        }
        return sentences;
    }

    private static String verdict(double ratio) {
        return ratio > 1 + NOTICEABLE ? "slower" : ratio < 1 - NOTICEABLE ? "faster" : "about the same";
    }
}
