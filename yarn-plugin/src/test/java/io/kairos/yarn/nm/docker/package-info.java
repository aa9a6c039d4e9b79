/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package io.kairos.yarn.nm.docker;

import org.jspecify.annotations.NullMarked;
