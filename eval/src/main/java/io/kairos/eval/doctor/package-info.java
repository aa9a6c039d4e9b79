/* SPDX-License-Identifier: Apache-2.0 */
/** Looks over a cluster's configuration, a node and the running daemons, and says what is wrong, why that matters and what mends it. */
@NullMarked
package io.kairos.eval.doctor;

import org.jspecify.annotations.NullMarked;
