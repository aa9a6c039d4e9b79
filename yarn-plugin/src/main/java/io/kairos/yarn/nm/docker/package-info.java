/* SPDX-License-Identifier: Apache-2.0 */
/** Containers of YARN as containers of a Docker engine: what may be asked for, how they start, end and are found again. */
@NullMarked
package io.kairos.yarn.nm.docker;

import org.jspecify.annotations.NullMarked;
