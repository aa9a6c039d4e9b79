/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.eval.bench;

import java.util.List;

/** What a benchmark found. */
public record BenchResult(String bench, String machine, List<BenchRow> rows) {
    public BenchResult {
        rows = List.copyOf(rows);
    }
}
