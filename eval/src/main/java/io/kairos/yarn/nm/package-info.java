/* SPDX-License-Identifier: Apache-2.0 */
/** What a benchmark needs of the NodeManager's side, which is nobody's but its own: in that package, outside the plugin's jar. */
@NullMarked
package io.kairos.yarn.nm;

import org.jspecify.annotations.NullMarked;
