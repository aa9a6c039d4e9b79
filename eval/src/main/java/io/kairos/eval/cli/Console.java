/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.cli;

import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err progress and errors
 * @param terminal whether err is a terminal, so that lines may be redrawn
 */
record Console(PrintStream out, PrintStream err, boolean terminal) {}
