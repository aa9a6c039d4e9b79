/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The central tier of Kairos (SoCC'18): which node takes the next task. Pure: values in, decisions out; no clock, thread,
 * input or output. {@link io.kairos.central.PlacementIndex} is the door; {@link io.kairos.central.PlacementOrder} is the
 * policy.
 */
@NullMarked
package io.kairos.central;

import org.jspecify.annotations.NullMarked;
