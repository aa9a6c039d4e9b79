/* SPDX-License-Identifier: Apache-2.0 */
/** Seeded synthetic workloads on Commons Math distributions: the same seed gives the same workload, bit for bit. */
@NullMarked
package io.kairos.workloads.generator;

import org.jspecify.annotations.NullMarked;
