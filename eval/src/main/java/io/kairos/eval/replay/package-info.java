/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Jobs replayed in open loop on a running YARN, and the record of how that went: emulated ones, whose tasks only count their time, and
 * real ones of Spark and MapReduce.
 */
@NullMarked
package io.kairos.eval.replay;

import org.jspecify.annotations.NullMarked;
