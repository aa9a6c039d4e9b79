/* SPDX-License-Identifier: Apache-2.0 */
/** The load report a NodeManager sends to the active ResourceManager, and its reply. */
@NullMarked
package io.kairos.yarn.protocol;

import org.jspecify.annotations.NullMarked;
