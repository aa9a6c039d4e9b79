/* SPDX-License-Identifier: Apache-2.0 */
/** What Hadoop's tests find in the place of CapacityScheduler. It lies in this package to see when placing is done. */
@NullMarked
package io.kairos.yarn.rm;

import org.jspecify.annotations.NullMarked;
