/* SPDX-License-Identifier: Apache-2.0 */
/** Mixes of real Spark and MapReduce jobs, and when each of them is submitted. */
@NullMarked
package io.kairos.workloads.mix;

import org.jspecify.annotations.NullMarked;
