/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.replay;

import io.kairos.eval.metrics.EventRecord;
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
        Map<String, Integer> pauses = new HashMap<>();
        Map<String, Double> pausedSince = new HashMap<>();
        for (EventRecord event : events) {
            String job = event.job();
            if (job == null) {
                continue;
            }
            switch (event.kind()) {
                case PAUSE -> {
                    pausedSince.put(event.task(), event.timeSeconds());
                    int times = pauses.merge(event.task(), 1, Integer::sum);
                    jobs.merge(job, new PauseTimes(times, 0), PauseTimes::or);
                }
                case RESUME, FINISH, FAIL, KILL -> {
                    Double since = pausedSince.remove(event.task());
                    if (since != null) {
                        jobs.merge(job, new PauseTimes(0, event.timeSeconds() - since), PauseTimes::or);
                    }
                }
                default -> {
                    // Says nothing of pauses.
                }
            }
        }
        return jobs;
    }

    private PauseTimes or(PauseTimes other) {
        return new PauseTimes(Math.max(most, other.most), Math.max(longestSeconds, other.longestSeconds));
    }
}
