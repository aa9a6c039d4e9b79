/* SPDX-License-Identifier: Apache-2.0 */
/** Experiments with the simulator whose results are known: by formula, or because they were published. */
@NullMarked
package io.kairos.eval.experiment;

import org.jspecify.annotations.NullMarked;
