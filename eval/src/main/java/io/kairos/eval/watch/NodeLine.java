/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.watch;

/**
 * A node as the ResourceManager knows it. Seconds; {@code reportAgeSeconds} is -1 where the node has sent no load report, and
 * then running, paused and held are not known.
 */
public record NodeLine(
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
        double reportAgeSeconds) {
    boolean hasReported() {
        return reportAgeSeconds >= 0;
    }
}
