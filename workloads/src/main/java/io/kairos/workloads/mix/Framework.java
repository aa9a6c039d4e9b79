/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.mix;

/** What a real job is written for. */
public enum Framework {
    SPARK,
    MAPREDUCE
}
