/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The node tier inside a stock NodeManager. Data flows one way: the launcher is asked to launch a container, the agent puts the
 * ask to the policy, what the policy decides is carried out (launch, hold, freeze, thaw) and reported.
 */
@NullMarked
package io.kairos.yarn.nm;

import org.jspecify.annotations.NullMarked;
