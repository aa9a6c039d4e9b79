/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import io.kairos.eval.metrics.EventRecord;
import io.kairos.eval.metrics.Pause;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often a job's most paused container was paused, and the longest time that one of them was, pulses not counted as an end.
 *
 * @param most pauses of one container
 */
record PauseTimes(int most, double longestSeconds) {
    static final PauseTimes NONE = new PauseTimes(0, 0);

    /**
     * By job.
     *
     * @param events in order of time
     */
    static Map<String, PauseTimes> byJob(List<EventRecord> events) {
        Map<String, PauseTimes> jobs = new HashMap<>();
        Map<String, Integer> pausesOfTask = new HashMap<>();
        for (Pause pause : Pause.of(events)) {
            String job = pause.job();
            if (job != null) {
                int times = pausesOfTask.merge(pause.task(), 1, Integer::sum);
                jobs.merge(job, new PauseTimes(times, pause.seconds()), PauseTimes::or);
            }
        }
        return jobs;
    }

    private PauseTimes or(PauseTimes other) {
        return new PauseTimes(Math.max(most, other.most), Math.max(longestSeconds, other.longestSeconds));
    }
}
