/* SPDX-License-Identifier: Apache-2.0 */
/** What a benchmark needs of the ResourceManager's side, which is nobody's but its own: in that package, outside the plugin's jar. */
@NullMarked
package io.kairos.yarn.rm;

import org.jspecify.annotations.NullMarked;
