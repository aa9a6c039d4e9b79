/* SPDX-License-Identifier: Apache-2.0 */
package io.kairos.yarn.nm;

import io.kairos.node.Reading;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Reads what tasks have attained. Called by the agent's thread alone, which it never keeps waiting; it tells of failures itself.
 *
 * @param <K> task id
 */
interface ServiceMeter<K> {
    /** Reads these tasks; one that cannot be read is left out of the answer. A future that fails means that none could be. */
    CompletableFuture<List<Reading<K>>> read(Collection<K> tasks);
}
