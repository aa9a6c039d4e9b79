/* SPDX-License-Identifier: Apache-2.0 */
/** Readers and writers of trace files. */
@NullMarked
package io.kairos.workloads.format;

import org.jspecify.annotations.NullMarked;
