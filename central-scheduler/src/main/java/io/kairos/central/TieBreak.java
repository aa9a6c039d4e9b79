/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.central;

/** CONTRACT SKETCH: what decides between nodes with equally few tasks. */
public enum TieBreak {
    VARIANCE,
    SUM,
    YOUNGEST,
    OLDEST,
    ROUND_ROBIN,
    RANDOM
}
