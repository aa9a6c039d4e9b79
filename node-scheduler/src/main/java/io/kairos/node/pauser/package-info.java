/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Freezing and thawing the processes of a task in place: by the cgroup freezer, or by signals where no freezer may be written.
 * {@link io.kairos.node.pauser.Pausers} chooses.
 */
@NullMarked
package io.kairos.node.pauser;

import org.jspecify.annotations.NullMarked;
