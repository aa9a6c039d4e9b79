/* SPDX-License-Identifier: Apache-2.0 */
/**
 * YARN schedulers side by side in a ResourceManager without nodes and masters: nodes are stubs, heartbeats and masters' calls are
 * made by one thread, so that what is measured is the scheduler.
 */
@NullMarked
package io.kairos.eval.rm;

import org.jspecify.annotations.NullMarked;
