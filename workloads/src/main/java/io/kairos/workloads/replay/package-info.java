/* SPDX-License-Identifier: Apache-2.0 */
/** Runs a workload on a YARN cluster in open loop, with emulated tasks in real containers. */
@NullMarked
package io.kairos.workloads.replay;

import org.jspecify.annotations.NullMarked;
