/* SPDX-License-Identifier: Apache-2.0 */
/** The command line. */
@NullMarked
package io.kairos.eval.cli;

import org.jspecify.annotations.NullMarked;
