/* SPDX-License-Identifier: Apache-2.0 */
/** What is looked over: files, class path, machine and cluster, as plain values. */
@NullMarked
package io.kairos.eval.doctor.site;

import org.jspecify.annotations.NullMarked;
