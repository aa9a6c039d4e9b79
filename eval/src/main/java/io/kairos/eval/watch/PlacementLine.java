/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.watch;

/** Why a container is on its node: with its numbers and, in {@code reason}, as a sentence. */
public record PlacementLine(
        long timeMs,
        String container,
        String application,
        String nodeId,
        int tasksBefore,
        int bound,
        int tied,
        double score,
        String reason) {}
