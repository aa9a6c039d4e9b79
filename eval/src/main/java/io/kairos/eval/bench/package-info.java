/* SPDX-License-Identifier: Apache-2.0 */
/** Benchmarks of the two cores beside plain peers. */
@NullMarked
package io.kairos.eval.bench;

import org.jspecify.annotations.NullMarked;
