/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Reads the CPU time of tasks from the kernel: the counter of a task's own cgroup where it has one, else the times of its
 * processes. Linux only.
 */
@NullMarked
package io.kairos.node.meter;

import org.jspecify.annotations.NullMarked;
