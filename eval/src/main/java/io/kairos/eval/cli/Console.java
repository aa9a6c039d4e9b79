/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err progress and errors
 * @param terminal whether err is a terminal, so that lines may be redrawn
 * @param interactive whether somebody reads out on a terminal and can press a key
 */
record Console(PrintStream out, PrintStream err, boolean terminal, boolean interactive) {}
