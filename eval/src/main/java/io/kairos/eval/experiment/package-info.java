/* SPDX-License-Identifier: Apache-2.0 */
/** Experiments with the simulator: scenarios as data with the engine that runs them, and one server against known formulas. */
@NullMarked
package io.kairos.eval.experiment;

import org.jspecify.annotations.NullMarked;
