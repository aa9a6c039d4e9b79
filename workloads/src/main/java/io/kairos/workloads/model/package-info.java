/* SPDX-License-Identifier: Apache-2.0 */
/** What a workload is: jobs with submission times, stages behind barriers, tasks with service demands. Immutable values. */
@NullMarked
package io.kairos.workloads.model;

import org.jspecify.annotations.NullMarked;
