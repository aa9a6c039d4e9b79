/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

/**
 * A node as JMX shows it.
 *
 * @param nodeId host and port
 * @param httpAddress where its own pages and its own JMX are
 * @param partition its node label
 * @param slots N
 * @param bound N + Q as it is applied now
 * @param tasks tasks the ResourceManager counts on it
 * @param running of those it last reported, those with slots
 * @param paused of those, the paused ones
 * @param held of those, the ones not launched yet
 * @param attainedMeanSeconds their mean attained service, each over its weight
 * @param attainedVariance its variance, seconds squared
 * @param mode that it said it has in force; empty if it has not reported
 * @param pausesNotMade pauses it would have made since it started, had it not only observed
 * @param guarantees times it granted a task uninterrupted service since it started; -1 if it has not said
 * @param pauseFailures pauses that it could not carry out since then; -1 if it has not said
 * @param pausingOff why it pauses nothing for now; empty while it does
 * @param reportAgeSeconds since that report; -1 if it has not reported
 * @param reportLate whether that is so long that what it said counts for nothing any more
 */
public record NodeRow(
        String nodeId,
        String httpAddress,
        String partition,
        int slots,
        int bound,
        int tasks,
        int running,
        int paused,
        int held,
        double attainedMeanSeconds,
        double attainedVariance,
        String mode,
        long pausesNotMade,
        long guarantees,
        long pauseFailures,
        String pausingOff,
        double reportAgeSeconds,
        boolean reportLate) {
    /** Whether running, paused and held are known. */
    public boolean hasReported() {
        return reportAgeSeconds >= 0;
    }
}
