/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package io.kairos.eval.simulator;

import org.jspecify.annotations.NullMarked;
