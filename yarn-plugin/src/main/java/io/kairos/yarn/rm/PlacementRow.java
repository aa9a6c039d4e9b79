/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.rm;

/**
 * Why a container is where it is, as JMX shows it.
 *
 * @param timeMs when it was placed, milliseconds since 1970
 * @param container what was placed
 * @param application whose
 * @param nodeId where
 * @param tasksBefore tasks on that node just before
 * @param bound N + Q of that node
 * @param tied nodes with room that had as few tasks a slot, itself among them; 0 where the node was not chosen for having the fewest
 * @param score by which that tie was broken, lowest first; 0 where there was none
 * @param reason the whole in a sentence
 */
public record PlacementRow(
        long timeMs,
        String container,
        String application,
        String nodeId,
        int tasksBefore,
        int bound,
        int tied,
        double score,
        String reason) {}
