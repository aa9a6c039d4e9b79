/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.workloads.replay;

import org.jspecify.annotations.Nullable;

/**
 * What came of asking a node to start a container.
 *
 * @param problem null if the node accepted it
 */
record StartOutcome(String container, double time, @Nullable Throwable problem) {}
