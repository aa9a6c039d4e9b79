/* SPDX-License-Identifier: Apache-2.0 */
/** The same jobs under several schedulers, side by side. */
@NullMarked
package io.kairos.eval.demo;

import org.jspecify.annotations.NullMarked;
