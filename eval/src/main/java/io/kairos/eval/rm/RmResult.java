/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.rm;

import java.util.List;

/**
 * What the benchmark of whole schedulers found.
 *
 * @param rounds measured rounds, beside those that only warm up
 */
public record RmResult(String bench, String machine, int rounds, List<RmRow> rows) {
    public RmResult {
        rows = List.copyOf(rows);
    }
}
