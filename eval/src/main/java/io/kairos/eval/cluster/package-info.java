/* SPDX-License-Identifier: Apache-2.0 */
/** Stock YARN in this process, under one scheduler or another. */
@NullMarked
package io.kairos.eval.cluster;

import org.jspecify.annotations.NullMarked;
