/* SPDX-License-Identifier: Apache-2.0 */
/** Runs Hadoop's own tests of the ResourceManager, unchanged, with Kairos in the place of CapacityScheduler. */
@NullMarked
package io.kairos.yarn.upstream;

import org.jspecify.annotations.NullMarked;
