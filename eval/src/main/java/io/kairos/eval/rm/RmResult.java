/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.rm;

import java.util.List;

/**
 * What the benchmark of whole schedulers found.
 *
 * @param rounds measured rounds of each scheduler, beside those that only warm up
 * @param processes in how many processes of its own each ran
 */
public record RmResult(String bench, String machine, int rounds, int processes, List<RmRow> rows) {
    public RmResult {
        rows = List.copyOf(rows);
    }
}
