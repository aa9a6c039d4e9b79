/* SPDX-License-Identifier: Apache-2.0 */
/** What a run recorded and the figures computed from it. */
@NullMarked
package io.kairos.eval.metrics;

import org.jspecify.annotations.NullMarked;
